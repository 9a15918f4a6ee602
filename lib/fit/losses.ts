import type { ManifestSet } from '../manifest/set';
import { fit } from './fit';
import type { NodeSpec } from './node-spec';
import type { FitOptions } from './options';
import type { Fit } from './result';
import { ZONE } from './zones';

/** What becomes of the pods without a node, or without all nodes of a zone. */
export interface Loss {
  readonly name: string;
  readonly what: 'node' | 'zone';
  readonly fit: Fit;
}

/** Nodes and zones that are left out one by one; more, or more pods than this, take too long. */
const MOST_LOSSES = 24;
const MOST_PODS = 2000;

/**
 * Leaves out each zone, and then each node, by itself: what ran there has to find another node. At most 24 of them, and none
 * where a fit has more than 2,000 pods or there is nothing left.
 *
 * @param placed how many pods there are in all
 * @throws SeaworthyError as `fit` does
 */
export function losses(
  set: ManifestSet,
  nodes: readonly NodeSpec[],
  options: FitOptions,
  placed: number,
): Loss[] {
  if (placed === 0 || placed > MOST_PODS || nodes.length < 2) return [];
  const zones = [...new Set(nodes.map(({ labels = {} }) => labels[ZONE] ?? ''))].filter(
    (zone) => zone !== '',
  );
  const lost = [
    ...(zones.length < 2 ? [] : zones.sort().map((name) => ({ name, what: 'zone' as const }))),
    ...nodes.map(({ name }) => ({ name, what: 'node' as const })),
  ];
  const { drain: _drain, ...rest } = options;
  const quick: FitOptions = { ...rest, headroom: false, changes: false };
  return lost.slice(0, MOST_LOSSES).map(({ name, what }) => ({
    name,
    what,
    fit: fit(set, nodes, { ...quick, without: [...(options.without ?? []), name] }),
  }));
}
