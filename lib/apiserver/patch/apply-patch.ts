import type { Schema } from '../../kube/schema';
import { isPlainRecord, type PlainRecord } from '../../manifest/data';
import type { FieldError } from '../admission/review';
import type { ApplyMethod } from '../apply/method';
import { applyJsonMerge, diff, jsonMergePatch } from './json-merge';
import { applyStrategic, strategicPatch, type ThreeWay } from './strategic';

/** How the objects of a kind are patched. */
export interface Patchable {
  readonly schema: Schema;
  /** Whether the kind is built in: only then the server takes strategic merge patches. */
  readonly isBuiltIn: boolean;
}

/** What becomes of `live` with the patch that a client makes, and why the client or the server refuses it. */
export interface Patched {
  readonly object: PlainRecord;
  readonly errors: readonly FieldError[];
}

/**
 * `live` once a client has patched it from `original` to `modified`: with a strategic merge patch, or for a custom
 * resource with a JSON merge patch. Helm (3.19, `createPatch` in pkg/kube/client.go) compares a custom resource with the
 * last release only.
 *
 * @source k8s.io/kubectl pkg/cmd/apply/patcher.go Patcher.patchSimple 1.36
 */
export function applyPatch(
  states: ThreeWay,
  { schema, isBuiltIn }: Patchable,
  method: Exclude<ApplyMethod, 'server-side'>,
): Patched {
  const { original, modified, live } = states;
  if (!isBuiltIn) {
    const patch = method === 'helm' ? diff(original, modified) : jsonMergePatch(states);
    const object = applyJsonMerge(live, patch);
    return { object: isPlainRecord(object) ? object : {}, errors: [] };
  }
  const place = { path: '', errors: [] as FieldError[] };
  const patch = strategicPatch(states, schema, place);
  const object = applyStrategic(live, patch, schema, place);
  // What is wrong with a list is found in both of its comparisons.
  const errors = new Map(place.errors.map((error) => [`${error.path} ${error.message}`, error]));
  return { object, errors: [...errors.values()] };
}
