import type { Field } from '../../manifest/field';
import type { FitPod } from '../state/node';
import { passing, type Filter } from './filter';

const NAME = 'VolumeRestrictions';
const DISK = passing(NAME, 'node(s) had no available disk');
const IN_USE = passing(
  NAME,
  'node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod',
);

/**
 * A claim that only one pod may use is used by no other, and disks that pods name themselves are not mounted twice on a
 * node. ReadWriteOnce is not looked at: the scheduler places pods of one such claim on several nodes.
 *
 * @source k8s.io/kubernetes pkg/scheduler/framework/plugins/volumerestrictions/volume_restrictions.go Filter 1.36
 */
export const volumeRestrictions: Filter = {
  name: NAME,
  hangsOn: 'cluster',
  for(pod, { volumes }) {
    const single = pod.claims.filter(
      (key) => volumes.claim(key)?.modes.includes('ReadWriteOncePod') === true,
    );
    const disks = disksOf(pod);
    if (single.length === 0 && disks.length === 0) return undefined;
    return (node) => {
      for (const other of disks.length === 0 ? [] : node.pods)
        if (disks.some((disk) => disksOf(other).some((its) => conflict(disk, its)))) return DISK;
      return single.some((key) => volumes.isUsed(key)) ? IN_USE : undefined;
    };
  },
};

const DISKS = ['gcePersistentDisk', 'awsElasticBlockStore', 'rbd', 'iscsi'] as const;

interface Disk {
  readonly type: (typeof DISKS)[number];
  readonly source: Field;
}

function disksOf({ shape }: FitPod): Disk[] {
  return shape.spec.list('volumes').flatMap((volume) =>
    DISKS.flatMap((type) => {
      const source = volume.child(type);
      return source.isSet ? [{ type, source }] : [];
    }),
  );
}

/** @source k8s.io/kubernetes pkg/scheduler/framework/plugins/volumerestrictions/volume_restrictions.go isVolumeConflict 1.36 */
function conflict(one: Disk, other: Disk): boolean {
  if (one.type !== other.type) return false;
  const isSame = (...names: string[]): boolean =>
    names.every((name) => one.source.child(name).text === other.source.child(name).text);
  const bothRead = one.source.child('readOnly').isTrue && other.source.child('readOnly').isTrue;
  switch (one.type) {
    case 'awsElasticBlockStore':
      return isSame('volumeID');
    case 'gcePersistentDisk':
      return isSame('pdName') && !bothRead;
    case 'iscsi':
      return isSame('iqn') && !bothRead;
    case 'rbd': {
      const [pool, otherPool] = [one, other].map(({ source }) => source.child('pool').text || 'rbd');
      const monitors = other.source.child('monitors').texts;
      const share = one.source.child('monitors').texts.some((each) => monitors.includes(each));
      return share && pool === otherPool && isSame('image') && !bothRead;
    }
  }
}
