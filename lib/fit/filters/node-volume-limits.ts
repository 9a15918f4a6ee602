import type { FitPod } from '../state/node';
import type { Volumes } from '../volumes/volumes';
import { passing, type Filter } from './filter';

const NAME = 'NodeVolumeLimits';
const REFUSAL = passing(NAME, 'node(s) exceed max volume count');

/**
 * A node takes as many volumes of a CSI driver as its CSINode says. A claim that is not bound yet counts for the
 * provisioner of its class. Volumes of in-tree plugins are not counted here.
 *
 * @source k8s.io/kubernetes pkg/scheduler/framework/plugins/nodevolumelimits/csi.go Filter 1.36
 */
export const nodeVolumeLimits: Filter = {
  name: NAME,
  hangsOn: 'cluster',
  for(pod, { volumes }) {
    if (pod.claims.length === 0) return undefined;
    const wanted = driversOf(pod, volumes);
    if (wanted.size === 0) return undefined;
    return (node) => {
      const limits = volumes.limitsOf(node.facts.name);
      if (limits === undefined) return undefined;
      const attached = new Map<string, string>();
      for (const other of node.pods)
        for (const [volume, driver] of driversOf(other, volumes)) attached.set(volume, driver);
      const isFull = [...limits].some(([driver, limit]) => {
        const fresh = count(
          [...wanted].filter(([volume]) => !attached.has(volume)),
          driver,
        );
        return fresh > 0 && count(attached, driver) + fresh > limit;
      });
      return isFull ? REFUSAL : undefined;
    };
  },
};

/** The volumes of a pod that a CSI driver attaches, each with its driver. */
function driversOf({ claims }: FitPod, volumes: Volumes): Map<string, string> {
  const found = new Map<string, string>();
  for (const key of claims) {
    const claim = volumes.claim(key);
    if (claim === undefined) continue;
    const { volume } = claim;
    const csi =
      volume === undefined
        ? { driver: volumes.class(claim.className)?.provisioner ?? '', handle: key }
        : volume.csi;
    if (csi !== undefined && csi.driver !== '') found.set(`${csi.driver}/${csi.handle}`, csi.driver);
  }
  return found;
}

function count(volumes: Iterable<readonly [string, string]>, driver: string): number {
  let number = 0;
  for (const [, its] of volumes) if (its === driver) number++;
  return number;
}
