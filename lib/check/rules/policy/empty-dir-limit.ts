import type { Pods } from '../../../graph/pods';
import { podsOf } from '../../../graph/pods';
import type { Rule } from '../../rule';
import { givesDefaults } from '../../../graph/limit-ranges';

const RESOURCE = 'ephemeral-storage';

export const emptyDirLimit: Rule = {
  name: 'policy/empty-dir-limit',
  severity: 'info',
  strict: true,
  about: 'Finds emptyDir volumes without a size limit.',
  why: 'A node under disk pressure evicts pods, not only the one that filled the disk.',
  run(cluster, report) {
    for (const each of podsOf(cluster)) {
      const limited = givesDefaults(cluster, each.namespace, RESOURCE, 'limit');
      if (limited || isLimited(each)) continue;
      for (const volume of each.spec.child('volumes').items) {
        const source = volume.child('emptyDir');
        // A volume in memory counts against memory limits.
        if (!source.isSet || source.child('medium').text === 'Memory') continue;
        const limit = source.child('sizeLimit');
        if (limit.isSet) continue;
        const message = `volume "${volume.child('name').text}" has no size limit and may fill the disk of the node`;
        report(
          each.manifest,
          limit.path,
          message,
          'Set sizeLimit, or limits.ephemeral-storage on a container.',
        );
      }
    }
  },
};

/**
 * The kubelet evicts a pod that uses more than the sum of its containers' limits, so one limit is enough.
 *
 * Source: podEphemeralStorageLimitEviction of kubernetes `pkg/kubelet/eviction`.
 */
function isLimited({ containers }: Pods): boolean {
  return containers.some(({ field }) => field.child('resources').child('limits').child(RESOURCE).isSet);
}
