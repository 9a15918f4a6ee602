import type { Manifest } from '../manifest/manifest';
import type { Around } from './around';
import type { Cluster } from './cluster';
import { worldOf } from './references';

/** The objects of `all` that `counts` says yes of, as what is around others. All ask one index. */
export function aroundOf(all: Cluster, counts: (manifest: Manifest) => boolean): Around {
  return {
    has: (target) => {
      const { manifest, others = [] } = worldOf(all).find(target) ?? {};
      return [...(manifest === undefined ? [] : [manifest]), ...others].some(counts);
    },
    selects: (selector, namespaces, things) => {
      const index = things === 'pods' ? worldOf(all).pods : worldOf(all).services;
      return index.select(selector, namespaces).some(({ manifest }) => counts(manifest));
    },
  };
}
