import { isClientSideApply, managedEntries } from '../../apiserver/apply/managed-fields';
import type { KubeObject, ObjectId } from '../../manifest/manifest';
import type { Refusal } from '../client/refusal';
import type { FieldConflict } from './types';

/** Whether the server refuses since others hold fields: then only force helps. */
export function isFieldConflict({ code, causes }: Refusal): boolean {
  return code === 409 && causes.some(({ reason }) => reason === 'FieldManagerConflict');
}

/** Whether it refuses since the object has changed in the meantime. */
export function isOutrun(refusal: Refusal): boolean {
  return refusal.code === 409 && refusal.reason === 'Conflict' && !isFieldConflict(refusal);
}

/**
 * The fields of a conflict, and who holds them. What `kubectl apply` left is none, since its fields are taken over.
 *
 * @source k8s.io/apimachinery pkg/util/managedfields/internal/conflict.go printManager 1.36
 */
export function conflictsIn(
  { causes }: Refusal,
  id: ObjectId,
  live: KubeObject | undefined,
): FieldConflict[] {
  const entries = live === undefined ? [] : managedEntries(live);
  const adopted = new Set(entries.filter(isClientSideApply).map(({ manager }) => manager));
  return causes
    .filter(({ reason }) => reason === 'FieldManagerConflict')
    .map(({ field, message }) => {
      const [, manager = '', since] =
        /^conflict with "((?:[^"\\]|\\.)*)"(?:.* at (\S+))?/.exec(message) ?? [];
      const entry = entries.find((each) => each.manager === manager);
      return { id, path: field.replace(/^\./, ''), manager, ...optional('since', since ?? entry?.time) };
    })
    .filter(({ manager }) => !adopted.has(manager));
}

function optional<K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, string>);
}
