import type { FitPod } from '../state/node';
import type { Claim } from '../volumes/claim';
import type { Volumes } from '../volumes/volumes';
import type { Filter } from './filter';

const NAME = 'VolumeBinding';
const REASONS = {
  affinity: "node(s) didn't match PersistentVolume's node affinity",
  binding: "node(s) didn't find available persistent volumes to bind",
};

/**
 * Claims that have a volume are usable on the node, and those without find or get one there. How much room a driver has
 * left (CSIStorageCapacity) is not looked at.
 *
 * @source k8s.io/kubernetes pkg/scheduler/framework/plugins/volumebinding/volume_binding.go PreFilter, Filter 1.36
 */
export const volumeBinding: Filter = {
  name: NAME,
  hangsOn: 'cluster',
  for(pod, { volumes }) {
    if (pod.claims.length === 0) return undefined;
    const message = missing(pod, volumes);
    if (message !== undefined) return { filter: NAME, message };
    const claims = claimsOf(pod, volumes);
    return ({ facts }) => {
      const found = volumes.on(claims, facts);
      if (!('length' in found)) return undefined;
      return { filter: NAME, reasons: found.map((conflict) => REASONS[conflict]), isLasting: true };
    };
  },
};

export function claimsOf({ claims }: FitPod, volumes: Volumes): Claim[] {
  return claims.flatMap((key) => volumes.claim(key) ?? []);
}

function missing(pod: FitPod, volumes: Volumes): string | undefined {
  const absent = pod.claims.find((key) => volumes.claim(key) === undefined);
  if (absent !== undefined)
    return `persistentvolumeclaim "${absent.slice(absent.indexOf('/') + 1)}" not found`;
  const isOpen = claimsOf(pod, volumes).some(
    ({ volume, className, volumeName }) =>
      volume === undefined && (volumeName !== '' || volumes.class(className)?.isDelayed !== true),
  );
  return isOpen ? 'pod has unbound immediate PersistentVolumeClaims' : undefined;
}
