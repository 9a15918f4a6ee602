import { isClientSideApply, managedEntries, type ManagedEntry } from '../../apiserver/apply/managed-fields';
import type { RequestMethod } from '../../apiserver/apply/method';
import type { Schema } from '../../kube/schema';
import { asWritten } from '../../apiserver/update/as-written';
import { fieldWithoutSecrets } from '../../check/secrets/field';
import { isPlainRecord, type PlainRecord } from '../../manifest/data';
import type { KubeObject } from '../../manifest/manifest';
import type { DriftedField, HeldField } from './drift';
import { isController, isNote, managerName } from './managers';
import { removedFields } from './removed';
import { differingFields, type Differing } from './walk';

/** An object of a cluster, what the manifest says, and what applying that comes to. */
export interface Applied {
  readonly before: KubeObject;
  readonly after: KubeObject;
  /** Both sides as the server holds them. */
  readonly was: PlainRecord;
  readonly now: PlainRecord;
  readonly schema: Schema;
  /** Who applies. */
  readonly manager: string;
  readonly method: RequestMethod | undefined;
  /** Whether an autoscaler sets `spec.replicas`. */
  readonly isScaled: boolean;
  /** Managers that write the status of objects of the cluster. */
  readonly controllers: ReadonlySet<string>;
  /** The object as it was applied last, where that is recorded. */
  readonly recorded?: KubeObject | undefined;
}

/** What others hold of an object. */
export interface Held {
  readonly drift: readonly DriftedField[];
  readonly conflicts: readonly HeldField[];
}

/**
 * The fields of an object in which the cluster differs from the manifest since somebody else wrote them, by the managers
 * that the API server keeps of each field. What controllers write is no drift; where the manifest says otherwise, server-side
 * apply conflicts with it all the same. So are defaults and what admission adds no drift: nobody manages them.
 */
export function heldFields(applied: Applied): Held {
  const { before, was, now, schema, method = 'server-side' } = applied;
  const said = saidBy(applied.after);
  const drift = new Map<string, DriftedField>();
  const conflicts = new Map<string, HeldField>();
  for (const entry of othersIn(applied)) {
    for (const part of differingFields(entry, { path: '', was, now, said, schema })) {
      const by = { manager: managerName(entry), ...(entry.time !== undefined && { since: entry.time }) };
      if (!part.isExtra && method === 'server-side') later(conflicts, { path: part.path, ...by });
      if (!isDrift(entry, part, applied)) continue;
      later(drift, { ...valuesOf(part, applied), ...by, then: fate(part, method) });
    }
  }
  for (const field of removedFields(before, applied.recorded, { path: '', was, now, said, schema }))
    later(drift, { ...valuesOf(field, applied), then: 'reset' });
  return { drift: [...drift.values()], conflicts: [...conflicts.values()] };
}

/** Whether nobody but who applies it, and controllers, has written an object: it has not drifted. */
export function isLeftAlone(before: KubeObject, manager: string, controllers: ReadonlySet<string>): boolean {
  return othersIn({ before, manager }).every((entry) => isController(entry, controllers));
}

/** What others than the one who applies hold, other than of subresources that no manifest sets. */
function othersIn({ before, manager }: Pick<Applied, 'before' | 'manager'>): ManagedEntry[] {
  return managedEntries(before).filter((entry) => {
    const isOwn = entry.operation === 'Apply' ? entry.manager === manager : isClientSideApply(entry);
    return !isOwn && (entry.subresource === '' || entry.subresource === 'scale');
  });
}

function isDrift(
  entry: ManagedEntry,
  { path, isExtra }: Differing,
  { isScaled, controllers }: Applied,
): boolean {
  if (isController(entry, controllers) || (isScaled && path === 'spec.replicas')) return false;
  // Who applies a part of an object that the manifest leaves out does so on purpose.
  return !isExtra || (entry.operation === 'Update' && !isNote(path));
}

/** What comes of a field: a patch of a client overwrites whatever it finds. */
function fate({ isExtra }: Differing, method: RequestMethod): DriftedField['then'] {
  if (isExtra) return method === 'replace' ? 'reset' : 'stays';
  return method === 'server-side' ? 'conflict' : 'reset';
}

function valuesOf({ path, was, now, said }: Omit<Differing, 'schema' | 'isExtra'>, applied: Applied) {
  const shown = (value: unknown): unknown => fieldWithoutSecrets(value, path, [applied.was, applied.now]);
  return {
    path,
    ...(said !== undefined && now !== undefined && { expected: shown(now) }),
    ...(was !== undefined && { live: shown(was) }),
  };
}

/** Of several who wrote a field, the last one counts. */
function later<T extends { readonly path: string; readonly since?: string }>(
  found: Map<string, T>,
  field: T,
): void {
  const known = found.get(field.path);
  if (known === undefined || (known.since ?? '') < (field.since ?? '')) found.set(field.path, field);
}

/** What a manifest says; a server holds the texts of a Secret as data. */
function saidBy(object: KubeObject): PlainRecord {
  const { stringData, ...said } = asWritten(object);
  if (!isPlainRecord(stringData) || object.kind !== 'Secret') return asWritten(object);
  return { ...said, data: { ...(isPlainRecord(said['data']) ? said['data'] : {}), ...stringData } };
}
