import type { Cluster } from '../graph/cluster';
import type { Manifest, ObjectId, Origin } from '../manifest/manifest';
import type { Reported } from './admit-set';
import type { Finding } from './finding';
import type { Piece } from './pieces';

/** A finding as plain data, for another thread that has the same objects: what it shares with its object is left out. */
export interface Packed {
  /** The number of its object among those of the cluster. */
  readonly manifest: number;
  readonly finding: Omit<Finding, 'id' | 'origin'> & {
    /** `undefined` for that of the object. */
    readonly id: ObjectId | undefined;
    /** `undefined` for that of the object; absent where the finding has none. */
    readonly origin?: Origin | undefined;
  };
}

/**
 * What a piece found, as plain data. Keys stay in their order.
 *
 * @throws Error for a finding in an object that the cluster does not have
 */
export function packed({ cluster }: Piece, found: readonly Reported[]): Packed[] {
  const numbers = cluster.derived(numberManifests);
  return found.map(({ manifest, finding }) => {
    const number = numbers.get(manifest);
    if (number === undefined) throw new Error(`no manifest of the cluster: ${manifest.id.name}`);
    const isOwn = finding.origin === manifest.origin;
    return {
      manifest: number,
      finding: {
        ...finding,
        id: finding.id === manifest.id ? undefined : finding.id,
        ...(isOwn && 'origin' in finding && { origin: undefined }),
      },
    };
  });
}

/** What `packed` was made of, with the objects of this thread. */
export function unpacked({ cluster }: Piece, found: readonly Packed[]): Reported[] {
  const manifests = manifestsIn(cluster);
  return found.map(({ manifest: number, finding: { origin, ...rest } }) => {
    const manifest = manifests[number];
    if (manifest === undefined) throw new Error(`the cluster has no manifest ${number}`);
    const own = origin ?? manifest.origin;
    return {
      manifest,
      finding: { ...rest, id: rest.id ?? manifest.id, ...(own !== undefined && { origin: own }) },
    };
  });
}

function numberManifests(cluster: Cluster): ReadonlyMap<Manifest, number> {
  return new Map(manifestsIn(cluster).map((manifest, index) => [manifest, index]));
}

function manifestsIn({ set, assumed }: Cluster): readonly Manifest[] {
  return [...set, ...assumed];
}
