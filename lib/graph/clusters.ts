import { release } from '../kube/schema';
import type { Manifest } from '../manifest/manifest';
import { ManifestSet } from '../manifest/set';
import type { ClusterProfile } from '../profiles/cluster-profile';
import { Cluster, type ClusterOptions } from './cluster';

export interface ClustersOptions extends ClusterOptions {
  /** What is known of every cluster. @default what the set knows of each */
  readonly profile?: ClusterProfile;
}

/**
 * The clusters that the objects of `set` are for: one for each environment, and one for the objects of no environment.
 * Each has its profile, and the release of that unless `options` name one. Nobody else splits a set by environment.
 *
 * @returns the cluster of no environment first, then by name of the environment; none for a set without objects
 * @throws SeaworthyError UNKNOWN_KUBERNETES
 */
export function clustersOf(set: ManifestSet, options: ClustersOptions = {}): readonly Cluster[] {
  if (options.kubernetes !== undefined) release(options.kubernetes);
  return [...partsOf(set)].map(
    ([environment, part]) =>
      new Cluster(part, options.profile ?? profileOf(environment, set), { ...options, environment }),
  );
}

/** One cluster before and after a change. */
export interface ClusterPair {
  readonly before: Cluster;
  readonly after: Cluster;
}

/**
 * The clusters of two sets, each as it was and as it will be. Where one of the sets names no environment, as YAML from a
 * folder does not, both are for one and the same cluster. Either side has the profile and release of the new one.
 *
 * @returns in the order of `clustersOf`
 * @throws SeaworthyError UNKNOWN_KUBERNETES
 */
export function clusterPairs(
  before: ManifestSet,
  after: ManifestSet,
  { profile: known, ...options }: ClustersOptions = {},
): readonly ClusterPair[] {
  if (options.kubernetes !== undefined) release(options.kubernetes);
  const pairOf = (environment: string | undefined, old: ManifestSet, now: ManifestSet): ClusterPair => {
    const profile = known ?? profileOf(environment, after) ?? profileOf(environment, before);
    const settings = { ...options, environment };
    return { before: new Cluster(old, profile, settings), after: new Cluster(now, profile, settings) };
  };
  const [olds, nows] = [partsOf(before), partsOf(after)];
  const environments = inOrder([...olds.keys(), ...nows.keys()]);
  if (![before, after].some(namesNoEnvironment))
    return environments.map((each) => pairOf(each, olds.get(each) ?? NOTHING, nows.get(each) ?? NOTHING));
  const [only, ...others] = environments.filter((each) => each !== undefined);
  return [pairOf(others.length === 0 ? only : undefined, before, after)];
}

/** Whether nothing says which environment the objects of a set are for. */
export function namesNoEnvironment(set: ManifestSet): boolean {
  return set.size > 0 && set.environments.length === 0;
}

const NOTHING = ManifestSet.from([]);

/** The objects of each environment, in the order of the environments' names; those of none come first. */
function partsOf(set: ManifestSet): ReadonlyMap<string | undefined, ManifestSet> {
  const parts = new Map<string | undefined, Manifest[]>();
  for (const manifest of set) {
    const environment = manifest.origin?.environment;
    const part = parts.get(environment);
    if (part === undefined) parts.set(environment, [manifest]);
    else part.push(manifest);
  }
  const partOf = (name: string | undefined): ManifestSet =>
    ManifestSet.from(parts.get(name) ?? [], set.clusters);
  return new Map(inOrder([...parts.keys()]).map((name) => [name, partOf(name)]));
}

/** Each name once: none first, then as they sort. */
function inOrder(names: readonly (string | undefined)[]): (string | undefined)[] {
  const named = new Set(names.filter((name) => name !== undefined));
  return [...(names.includes(undefined) ? [undefined] : []), ...[...named].sort()];
}

function profileOf(environment: string | undefined, { clusters }: ManifestSet): ClusterProfile | undefined {
  return environment === undefined ? undefined : clusters.get(environment);
}
