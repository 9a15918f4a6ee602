import type { Manifest } from '../../manifest/manifest';
import { compareObject } from '../closest';
import type { Steps } from '../match/look';
import type { Pattern } from '../match/pattern';

/** What assertions have looked at, by manifest: the places, and whether with all that is below them. */
export type Looked = Map<Manifest, Map<string, { readonly all: boolean }>>;

let looked: Looked | undefined;

/** From now on assertions are recorded, for a report on the fields that none of them looked at. */
export function startRecording(): Looked {
  looked ??= new Map();
  return looked;
}

/** The manifests that tests hold in their hands: all of them count, also those that no assertion is about. */
export function recordSource(manifests: Iterable<Manifest>): void {
  if (looked === undefined) return;
  for (const manifest of manifests) if (!looked.has(manifest)) looked.set(manifest, new Map());
}

/** Records that `manifest` has met `pattern`. Costs nothing where nobody records. */
export function record(manifest: Manifest, pattern: Pattern): void {
  if (looked === undefined) return;
  compareObject(pattern, manifest, (steps, all) => recordPlace(manifest, steps, all));
}

/** Records that the whole of a manifest was looked at, as a snapshot does. */
export function recordWhole(manifest: Manifest): void {
  if (looked !== undefined) recordPlace(manifest, [], true);
}

function recordPlace(manifest: Manifest, steps: Steps, all: boolean): void {
  const places = looked?.get(manifest) ?? new Map<string, { readonly all: boolean }>();
  looked?.set(manifest, places);
  const key = JSON.stringify(steps);
  places.set(key, { all: all || places.get(key)?.all === true });
}
