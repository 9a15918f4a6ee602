import type { Schema } from '../../kube/schema';
import type { PlainRecord } from '../../manifest/data';
import { diffMaps } from './diff';
import type { Place } from './items';
import { mergeMaps } from './merge';

/** An object as it was applied, as it is to be applied, and as the server has it. */
export interface ThreeWay {
  readonly original: PlainRecord;
  readonly modified: PlainRecord;
  readonly live: PlainRecord;
}

/**
 * The strategic merge patch that brings `live` to `modified`: what the two differ in, and what `original` alone has is
 * removed. What only the server has stays.
 *
 * @source k8s.io/apimachinery pkg/util/strategicpatch/patch.go CreateThreeWayMergePatch 1.36
 */
export function strategicPatch(
  { original, modified, live }: ThreeWay,
  schema: Schema,
  place: Place,
): PlainRecord {
  const changes = diffMaps({ from: live, to: modified, part: 'changes', schema, place });
  const deletions = diffMaps({ from: original, to: modified, part: 'deletions', schema, place });
  return mergeMaps({ target: deletions, patch: changes, into: 'patch', schema, place });
}

/**
 * `live` with a strategic merge patch, as the server applies it.
 *
 * @source k8s.io/apimachinery pkg/util/strategicpatch/patch.go StrategicMergeMapPatchUsingLookupPatchMeta 1.36
 */
export function applyStrategic(
  live: PlainRecord,
  patch: PlainRecord,
  schema: Schema,
  place: Place,
): PlainRecord {
  return mergeMaps({ target: live, patch, into: 'object', schema, place });
}
