import { SeaworthyError, type Problem } from '../../errors';
import type { Manifest } from '../../manifest/manifest';
import type { Placed } from '../files/places';
import { ManifestSet } from '../../manifest/set';
import type { ClusterFacts, Known } from '../files/territories';

/** One of the two sides of a comparison. */
export interface Side {
  /** Its name in reports: `dist/`, `the app`, `origin/main`. */
  readonly name: string;
  /** The objects of each cluster, by its place: `shop/production`; `''` if there is only one. */
  readonly places: ReadonlyMap<string, readonly Manifest[]>;
}

/** Two sides, and the known facts about the clusters. */
export interface Comparison {
  readonly before: Side;
  readonly after: Side;
  /** The clusters that the app defines, by place. Both sides are applied to them. */
  readonly clusters: ReadonlyMap<string, ClusterFacts>;
  /** What is broken on either side, and missing in the comparison. @default nothing */
  readonly problems?: readonly Problem[];
}

/** The text of a file of manifests. */
export interface TextFile {
  /** Below the output folder, with forward slashes. */
  readonly path: string;
  /** Its name in messages. */
  readonly shown: string;
  readonly text: string;
}

/**
 * Reads files; known documents are not parsed again.
 *
 * @throws SeaworthyError INVALID_YAML, NOT_AN_OBJECT, with the problems of all files
 */
export function readTexts(files: readonly TextFile[], known: Known): Placed[] {
  const problems: Problem[] = [];
  const placed: Placed[] = [];
  for (const { path, shown, text } of files) {
    try {
      placed.push({ path, manifests: ManifestSet.parse(text, { source: shown, known }).manifests });
    } catch (error) {
      if (!(error instanceof SeaworthyError)) throw error;
      problems.push(...error.problems);
    }
  }
  const [first, ...more] = problems;
  if (first !== undefined) throw new SeaworthyError(first, ...more);
  return placed;
}

/** `placed` by the place that `placeOf` gives for the path; a file without one is left out. */
export function byPlace(
  placed: readonly Placed[],
  placeOf: (path: string) => string | undefined,
): Map<string, Manifest[]> {
  const places = new Map<string, Manifest[]>();
  for (const { path, manifests } of placed) {
    const place = placeOf(path);
    if (place === undefined) continue;
    const here = places.get(place);
    if (here === undefined) places.set(place, [...manifests]);
    else for (const manifest of manifests) here.push(manifest);
  }
  return places;
}
