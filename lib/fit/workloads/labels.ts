import type { Cluster } from '../../graph/cluster';
import { knownOf } from '../../graph/objects';
import { podsOf, type Pods } from '../../graph/pods';
import type { Labels } from '../../kube/labels';
import { jsonText } from '../../manifest/json-text';

const POD_NAME = 'statefulset.kubernetes.io/pod-name';
const POD_INDEX = 'apps.kubernetes.io/pod-index';
const COMPLETION_INDEX = 'batch.kubernetes.io/job-completion-index';
const LONGEST = 63;

/**
 * The labels that all pods of a workload have, with those of its controller. Hashes and uids, which nobody knows before, are
 * the name of the workload here: they tell its pods from others, and its revisions from each other.
 *
 * @param revision tells the pods from those of another revision
 * @source k8s.io/kubernetes pkg/controller/daemon/util/daemonset_util.go CreatePodTemplate 1.36
 * @source k8s.io/kubernetes pkg/registry/batch/job/strategy.go generateSelector 1.36
 */
export function sharedLabels({ kind, labels, manifest }: Pods, revision: string): Labels {
  const hash = `${manifest.id.name.slice(0, LONGEST - revision.length)}${revision}`;
  switch (kind) {
    case 'apps/Deployment':
      return { ...labels, 'pod-template-hash': hash };
    case 'apps/StatefulSet':
      return { ...labels, 'controller-revision-hash': hash };
    case 'apps/DaemonSet':
      return {
        ...labels,
        'controller-revision-hash': hash,
        'pod-template-generation': revision === '' ? '1' : '2',
      };
    case 'batch/Job':
    case 'batch/CronJob':
      return {
        'batch.kubernetes.io/job-name': hash,
        'job-name': hash,
        'batch.kubernetes.io/controller-uid': hash,
        'controller-uid': hash,
        ...labels,
      };
    default:
      return labels;
  }
}

/**
 * The labels by which each pod of a workload differs from the others, where a selector of the cluster asks for them.
 *
 * @param ordinal of the pod
 * @returns nothing where all pods have the same labels, or nobody looks
 * @source k8s.io/kubernetes pkg/controller/statefulset/stateful_set_utils.go updateIdentity 1.36
 * @source k8s.io/kubernetes pkg/controller/job/indexed_job_utils.go addCompletionIndexLabel 1.36
 */
export function ownLabels(
  cluster: Cluster,
  { kind, root }: Pods,
  name: string,
  ordinal: number,
): Labels | undefined {
  if (kind === 'apps/StatefulSet')
    return cluster.derived(tellsApart) ? { [POD_NAME]: name, [POD_INDEX]: String(ordinal) } : undefined;
  const job = kind === 'batch/CronJob' ? root.at('spec', 'jobTemplate') : root;
  const isIndexed = /^batch\//.test(kind) && job.at('spec', 'completionMode').text === 'Indexed';
  return isIndexed && cluster.derived(tellsApart) ? { [COMPLETION_INDEX]: String(ordinal) } : undefined;
}

/** Whether a Service, a budget, or the affinity or spreading of pods selects by a label that each pod has for itself. */
function tellsApart(cluster: Cluster): boolean {
  const names = (value: unknown): boolean => {
    const text = value === undefined ? '' : jsonText(value);
    return [POD_NAME, POD_INDEX, COMPLETION_INDEX].some((label) => text.includes(label));
  };
  const selectors = [...knownOf(cluster, '/Service'), ...knownOf(cluster, 'policy/PodDisruptionBudget')];
  return (
    selectors.some(({ root }) => names(root.at('spec', 'selector').value)) ||
    podsOf(cluster).some(
      ({ spec }) =>
        names(spec.child('affinity').value) || names(spec.child('topologySpreadConstraints').value),
    )
  );
}
