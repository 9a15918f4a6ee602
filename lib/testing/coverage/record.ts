import type { Manifest } from '../../manifest/manifest';
import { compareObject } from '../closest';
import type { Steps } from '../match/look';
import type { Pattern } from '../match/pattern';

/** The paths that assertions have checked, by manifest, and whether with everything below them. */
export type Looked = Map<Manifest, Map<string, { readonly all: boolean }>>;

let looked: Looked | undefined;

/** Starts recording assertions, for a report on the fields that none of them checked. */
export function startRecording(): Looked {
  looked ??= new Map();
  return looked;
}

/** The manifests that tests have rendered or read: all of them count, even without an assertion. */
export function recordSource(manifests: Iterable<Manifest>): void {
  if (looked === undefined) return;
  for (const manifest of manifests) if (!looked.has(manifest)) looked.set(manifest, new Map());
}

/** Records that `manifest` matched `pattern`. Costs nothing unless recording. */
export function record(manifest: Manifest, pattern: Pattern): void {
  if (looked === undefined) return;
  compareObject(pattern, manifest, (steps, all) => recordPlace(manifest, steps, all));
}

/** Records that a whole manifest was checked, as by a snapshot. */
export function recordWhole(manifest: Manifest): void {
  if (looked !== undefined) recordPlace(manifest, [], true);
}

function recordPlace(manifest: Manifest, steps: Steps, all: boolean): void {
  const places = looked?.get(manifest) ?? new Map<string, { readonly all: boolean }>();
  looked?.set(manifest, places);
  const key = JSON.stringify(steps);
  places.set(key, { all: all || places.get(key)?.all === true });
}
