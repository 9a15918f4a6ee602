import type { Pods } from '../../../graph/pods';
import { podsOf } from '../../../graph/pods';
import type { Rule } from '../../rule';
import { givesDefaults } from '../../../graph/limit-ranges';

const RESOURCE = 'ephemeral-storage';

export const emptyDirLimit: Rule = {
  name: 'policy/empty-dir-limit',
  severity: 'info',
  strict: true,
  about: 'Finds emptyDir volumes that may fill the disk of their node.',
  why: 'A node whose disk is nearly full evicts pods, and not only the one that filled it.',
  run(cluster, report) {
    for (const each of podsOf(cluster)) {
      const limited = givesDefaults(cluster, each.namespace, RESOURCE, 'limit');
      if (limited || isLimited(each)) continue;
      for (const volume of each.spec.child('volumes').items) {
        const source = volume.child('emptyDir');
        // What is in memory counts against the limits of memory.
        if (!source.isSet || source.child('medium').text === 'Memory') continue;
        const limit = source.child('sizeLimit');
        if (limit.isSet) continue;
        const message = `the volume "${volume.child('name').text}" may fill the disk of its node`;
        report(
          each.manifest,
          limit.path,
          message,
          'Set sizeLimit, or limits.ephemeral-storage of a container.',
        );
      }
    }
  },
};

/**
 * What a pod takes is held to the sum of those limits that its containers have, so that one is enough.
 *
 * Source: podEphemeralStorageLimitEviction of kubernetes `pkg/kubelet/eviction`.
 */
function isLimited({ containers }: Pods): boolean {
  return containers.some(({ field }) => field.child('resources').child('limits').child(RESOURCE).isSet);
}
