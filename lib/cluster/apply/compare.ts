import { ALLOCATED } from '../../plan/allocated';
import { changedFields } from '../../plan/changed-fields';
import type { Change, ChangedField } from '../../plan/change';
import { equal } from '../../apiserver/update/equal';
import { gatesOfStored } from '../../apiserver/kept';
import { asWritten } from '../../apiserver/update/as-written';
import { serverKind, type Server } from '../../apiserver/update/kind';
import type { PlainRecord } from '../../manifest/data';
import type { KubeObject } from '../../manifest/manifest';
import type { Answered } from './trial';
import type { PlanDifference } from './types';

/** What there is of an object. */
export interface Sides {
  readonly live: KubeObject | undefined;
  /** What our plan says of one that is not there: as the server would hold it. */
  readonly created: PlainRecord | undefined;
}

/**
 * Where the server's dry run came to something else than our plan. Of a new object only fields that its manifest sets
 * count: others are chosen by the cluster. What the server refuses may follow from what nobody can know before; what we
 * refuse and it does not, is a difference.
 */
export function differencesOf(
  change: Change,
  { object: stored, refused }: Pick<Answered, 'object' | 'refused'>,
  { live, created }: Sides,
  server: Server,
): PlanDifference[] {
  const { id, after, effect } = change;
  if (stored === undefined || refused !== undefined || after === undefined) return [];
  if (effect === 'rejected') {
    const planned = `rejected: ${change.reasons?.map(({ path, message }) => `${path}: ${message}`).join(', ') ?? ''}`;
    return [{ id, path: '', planned, server: 'accepted' }];
  }
  // Most are stored word for word: to read them again would take as long as to send them.
  if (live === undefined && (created === undefined || equal(created, asWritten(stored)))) return [];
  const { schema, read, keep } = serverKind(id.apiVersion, id.kind, server);
  // What the cluster has, it has kept.
  const gates = gatesOfStored(server.gates);
  const kept = (object: KubeObject): PlainRecord => keep(read(asWritten(object), gates).value);
  if (live === undefined)
    return changedFields(created ?? {}, kept(stored), schema)
      .filter(({ path, before }) => before !== undefined && !isAllocated(before) && !IP_FAMILIES.test(path))
      .map(({ path, before, after: now }) => ({ id, path, planned: before, ...given('server', now) }));
  return mismatches(change.fields, changedFields(kept(live), kept(stored), schema)).map((each) => ({
    id,
    ...each,
  }));
}

/** Of a new Service, these follow the cluster; those that it asks for, the server keeps or refuses. */
const IP_FAMILIES = /^spec\.ipFamilies\b/;

/** Whether a value is one that the server chooses, or a list of such. */
function isAllocated(value: unknown): boolean {
  return Array.isArray(value) ? value.some(isAllocated) : value === ALLOCATED;
}

/** Fields that only one of two lists of changes has, or with another value. */
function mismatches(
  planned: readonly ChangedField[],
  server: readonly ChangedField[],
): Omit<PlanDifference, 'id'>[] {
  const [ours, theirs] = [planned, server].map(
    (fields) => new Map(fields.map((field) => [field.path, field])),
  );
  const paths = new Set([...(ours?.keys() ?? []), ...(theirs?.keys() ?? [])]);
  return [...paths].flatMap((path) => {
    const [our, their] = [ours?.get(path), theirs?.get(path)];
    if (our !== undefined && their !== undefined && equal(our.after, their.after)) return [];
    // What only one side changes, stays as it was on the other.
    const was = our?.before ?? their?.before;
    return [
      {
        path,
        ...given('planned', our === undefined ? was : our.after),
        ...given('server', their === undefined ? was : their.after),
      },
    ];
  });
}

function given<K extends string>(key: K, value: unknown): Partial<Record<K, unknown>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, unknown>);
}
