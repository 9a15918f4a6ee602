import type { Cluster } from '../../graph/cluster';
import { Field } from '../../manifest/field';
import type { KubeObject } from '../../manifest/manifest';
import { alreadyAdmitted } from '../pods/admission';
import type { FitPod } from '../state/node';
import type { ShapeFactory } from '../pods/shape-factory';
import type { ClaimMaker } from './claims';

/** A pod that was in the cluster before. */
export interface RunningPod {
  readonly pod: FitPod;
  /** The node that it is on; empty for one that waits. */
  readonly nodeName: string;
  /** The workload that made it, or itself: see `workloadKey`. */
  readonly madeBy: string;
}

/** Tells workloads apart: `Deployment default/api`. */
export function workloadKey(kind: string, namespace: string, name: string): string {
  return `${kind} ${namespace}/${name}`;
}

/** Pods that have come to their end hold nothing of a node. */
const ENDED: ReadonlySet<string> = new Set(['Succeeded', 'Failed']);

/** The pods of a cluster, as kubectl prints them, in the order in which they started. */
export function runningPods(
  pods: readonly KubeObject[],
  cluster: Cluster,
  shapes: ShapeFactory,
  claims: ClaimMaker,
): RunningPod[] {
  const roots = pods.map((object) => Field.root(object)).filter((root) => !ENDED.has(phaseOf(root)));
  const byStart = roots.map((root, index) => ({ root, index, start: startOf(root) }));
  byStart.sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : a.index - b.index));
  return byStart.map(({ root }) => {
    const namespace = root.at('metadata', 'namespace').text || 'default';
    const name = root.at('metadata', 'name').text;
    const spec = root.child('spec');
    // The node that it was given is not one that it asks for.
    const { nodeName: _, ...own } = spec.record;
    const given = alreadyAdmitted(cluster, own);
    const isEnding = root.at('metadata', 'deletionTimestamp').isSet;
    const labels = root.at('metadata', 'labels').labels;
    const shape = shapes.shape(given, namespace, labels, undefined, isEnding);
    const id = { apiVersion: 'v1', kind: 'Pod', namespace, name };
    const controller = root
      .list('metadata', 'ownerReferences')
      .find((each) => each.child('controller').isTrue);
    // One that is being deleted goes without an eviction, and its controller has made another one.
    const belongs =
      isEnding || root.at('metadata', 'annotations').key(MIRROR).isSet || isDaemonSet(controller);
    const pod = {
      id,
      shape,
      owner: { id, replaces: controller !== undefined && !belongs },
      claims: claims.claimsOf(spec, namespace, name, []),
      ...healthOf(root),
      ...(belongs && { staysOnNode: true as const }),
      node: undefined,
      started: 0,
    };
    const madeBy = makerOf(isReplaced(controller, isEnding) ? undefined : controller, namespace, name);
    return { pod, nodeName: spec.child('nodeName').text, madeBy };
  });
}

/** The annotation of a pod that its kubelet has from a file. */
const MIRROR = 'kubernetes.io/config.mirror';

/** A pod of a StatefulSet is made anew when the one before it is gone, those of others at once. */
function isReplaced(controller: Field | undefined, isEnding: boolean): boolean {
  return isEnding && controller?.child('kind').text !== 'StatefulSet';
}

function isDaemonSet(controller: Field | undefined): boolean {
  return controller?.child('kind').text === 'DaemonSet';
}

/** A pod whose status says nothing of it counts as ready. */
function healthOf(root: Field): Pick<FitPod, 'health'> {
  if (phaseOf(root) === 'Pending') return { health: 'starting' };
  const ready = root.list('status', 'conditions').find((each) => each.child('type').text === 'Ready');
  return ready === undefined || ready.child('status').text === 'True' ? {} : { health: 'unready' };
}

function phaseOf(root: Field): string {
  return root.at('status', 'phase').text;
}

function startOf(root: Field): string {
  return root.at('status', 'startTime').text || root.at('metadata', 'creationTimestamp').text;
}

/** A ReplicaSet of a Deployment is called after it, with a hash. */
function makerOf(controller: Field | undefined, namespace: string, pod: string): string {
  if (controller === undefined) return workloadKey('Pod', namespace, pod);
  const [kind, name] = [controller.child('kind').text, controller.child('name').text];
  const ofDeployment = kind === 'ReplicaSet' ? /^(.+)-[a-z0-9]+$/.exec(name)?.[1] : undefined;
  return ofDeployment === undefined
    ? workloadKey(kind, namespace, name)
    : workloadKey('Deployment', namespace, ofDeployment);
}
