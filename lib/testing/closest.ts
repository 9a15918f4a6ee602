import type { Manifest } from '../manifest/manifest';
import type { Comparison, Steps } from './match/look';
import { Look } from './match/look';
import { compareLike } from './match/compare';
import type { Pattern } from './match/pattern';

/** An object that does not match, with its mismatches. */
export interface Miss extends Comparison {
  readonly manifest: Manifest;
}

/** Compares an object with a pattern. */
export function compareObject(
  pattern: Pattern,
  manifest: Manifest,
  saw?: (steps: Steps, all: boolean) => void,
): Look {
  const look = new Look(saw);
  compareLike(pattern, manifest.object, look);
  return look;
}

/** The closest object: the one with the most matching fields. */
export function closest(misses: readonly Miss[]): Miss | undefined {
  const right = ({ checks, mismatches }: Miss): number => checks - mismatches.length;
  return misses.reduce<Miss | undefined>((best, miss) => {
    if (best === undefined || right(miss) > right(best)) return miss;
    return right(miss) === right(best) && miss.mismatches.length < best.mismatches.length ? miss : best;
  }, undefined);
}
