import { podsOf } from '../../../graph/pods';
import type { Rule } from '../../rule';
import { replicasOf } from '../../../graph/replicas';
import { servicesOf } from '../../../graph/services';

export const singleReplica: Rule = {
  name: 'policy/single-replica',
  severity: 'warning',
  strict: true,
  about: 'Finds Deployments behind a Service with one replica.',
  why: 'Requests fail whenever the node is drained, fails or runs out of memory.',
  run(cluster, report) {
    for (const pod of podsOf(cluster)) {
      if (pod.kind !== 'apps/Deployment' || servicesOf(cluster, pod).length === 0) continue;
      if (replicasOf(cluster, pod.manifest)?.min !== 1) continue;
      const { path } = pod.root.child('spec').child('replicas');
      report(pod.manifest, path, 'runs a single pod', 'Run two or more replicas.');
    }
  },
};
