import type { KubeObject } from '../../manifest/manifest';
import { at, recordsAt, textAt } from '../fields';
import type { Root } from './owners';

const REVISION = 'deployment.kubernetes.io/revision';
const TEMPLATE = 'deprecated.daemonset.template.generation';

/** Whether an object owns another. */
export function isOwnedBy(object: KubeObject, owner: KubeObject): boolean {
  const uid = owner.metadata['uid'];
  return recordsAt(object, 'metadata', 'ownerReferences').some((each) => each['uid'] === uid);
}

/** The ReplicaSets that make pods of the present revision: one of a Deployment, all of another owner. */
export function presentSets({ object, members }: Pick<Root, 'object' | 'members'>): readonly KubeObject[] {
  const sets = members.filter(({ kind }) => kind === 'ReplicaSet');
  const revision = annotation(object, REVISION);
  if (object?.kind !== 'Deployment' || revision === '') return sets;
  return sets.filter((set) => annotation(set, REVISION) === revision);
}

/**
 * Whether the rollout of a workload waits for a pod: what is wrong with one that is being replaced is over soon. A
 * StatefulSet that starts its pods one by one waits for old ones, too, before it replaces them.
 *
 * Source: Kubernetes, pkg/controller/statefulset/stateful_set_control.go, updateStatefulSet
 */
export function isAwaited({ object, members }: Pick<Root, 'object' | 'members'>, pod: KubeObject): boolean {
  if (object === undefined || at(object, 'spec', 'updateStrategy', 'type') === 'OnDelete') return true;
  switch (object.kind) {
    case 'Deployment':
      return presentSets({ object, members }).some((set) => isOwnedBy(pod, set));
    case 'DaemonSet':
      return isSame(annotation(object, TEMPLATE), pod.metadata.labels?.['pod-template-generation']);
    case 'StatefulSet':
      return (
        at(object, 'spec', 'podManagementPolicy') !== 'Parallel' ||
        isSame(textAt(object, 'status', 'updateRevision'), pod.metadata.labels?.['controller-revision-hash'])
      );
    default:
      return true;
  }
}

/** Whether two revisions are one, as far as both are known. */
function isSame(a: string, b: string | undefined): boolean {
  return a === '' || b === undefined || a === b;
}

function annotation(object: KubeObject | undefined, name: string): string {
  return textAt(object, 'metadata', 'annotations', name);
}
