import type { Manifest } from '../manifest/manifest';
import type { Around } from './around';
import type { Cluster } from './cluster';
import type { Target } from './reference';
import { worldOf } from './references';

/** The objects of `all` that `counts` says yes of, as what is around others. All ask one index. */
export function aroundOf(all: Cluster, counts: (manifest: Manifest) => boolean): Around {
  const has = (target: Target): boolean => {
    const { manifest, others = [] } = worldOf(all).find(target) ?? {};
    return [...(manifest === undefined ? [] : [manifest]), ...others].some(counts);
  };
  return {
    has,
    named: (name) => worldOf(all).named(name).filter(has),
    selects: (selector, namespaces, things) => {
      const index = things === 'pods' ? worldOf(all).pods : worldOf(all).services;
      return index.select(selector, namespaces).some(({ manifest }) => counts(manifest));
    },
  };
}
