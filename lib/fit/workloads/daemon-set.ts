import { keepsOff, toleration } from '../filters/taint-toleration';
import type { PodShape } from '../pods/shape';
import type { PlainRecord } from '../../manifest/data';
import { Field } from '../../manifest/field';
import type { FitNode } from '../state/node';

const EVERYWHERE: readonly (readonly [string, string])[] = [
  ['not-ready', 'NoExecute'],
  ['unreachable', 'NoExecute'],
  ['disk-pressure', 'NoSchedule'],
  ['memory-pressure', 'NoSchedule'],
  ['pid-pressure', 'NoSchedule'],
  ['unschedulable', 'NoSchedule'],
];

/**
 * The spec of the pods of a DaemonSet: they tolerate the conditions of nodes.
 *
 * @source k8s.io/kubernetes pkg/controller/daemon/util/daemonset_util.go AddOrUpdateDaemonPodTolerations 1.36
 */
export function daemonSpec(spec: PlainRecord): PlainRecord {
  const own = Field.root(spec).list('tolerations');
  const all =
    spec['hostNetwork'] === true ? [...EVERYWHERE, ['network-unavailable', 'NoSchedule']] : EVERYWHERE;
  const added = all.map(([name, effect]) => ({
    key: `node.kubernetes.io/${name}`,
    operator: 'Exists',
    effect,
  }));
  return { ...spec, tolerations: [...own.map(({ value }) => value), ...added] };
}

/**
 * Whether a DaemonSet has a pod on a node: its controller makes none where the node's labels or taints exclude it, but
 * does where there is no room.
 *
 * @source k8s.io/kubernetes pkg/controller/daemon/daemon_controller.go NodeShouldRunDaemonPod 1.36
 */
export function shouldRun(shape: PodShape): (node: FitNode) => boolean {
  const isTolerated = toleration(shape.tolerations);
  return ({ facts }) =>
    (shape.nodeName === '' || shape.nodeName === facts.name) &&
    shape.takesNode(facts) &&
    facts.taints.every((taint) => !keepsOff(taint) || isTolerated(taint));
}
