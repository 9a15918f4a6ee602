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
    const given = alreadyAdmitted(cluster, spec.record);
    const shape = shapes.shape(given, namespace, root.at('metadata', 'labels').labels);
    const id = { apiVersion: 'v1', kind: 'Pod', namespace, name };
    const isControlled = root
      .list('metadata', 'ownerReferences')
      .some((each) => each.child('controller').isTrue);
    const pod = {
      id,
      shape,
      owner: { id, replaces: isControlled },
      claims: claims.claimsOf(spec, namespace, name, []),
      node: undefined,
      started: 0,
    };
    return { pod, nodeName: spec.child('nodeName').text };
  });
}

function phaseOf(root: Field): string {
  return root.at('status', 'phase').text;
}

function startOf(root: Field): string {
  return root.at('status', 'startTime').text || root.at('metadata', 'creationTimestamp').text;
}
