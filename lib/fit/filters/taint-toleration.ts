import { tolerates } from '../../graph/taints';
import type { Field } from '../../manifest/field';
import type { NodeTaint } from '../node-spec';
import { lasting, type Filter } from './filter';

const NAME = 'TaintToleration';
const REFUSAL = lasting(NAME, 'node(s) had untolerated taint(s)');

/**
 * Nodes whose taints keep pods off take only those that tolerate each of them. Since 1.34 the message no longer names the
 * taint.
 *
 * @source k8s.io/kubernetes pkg/scheduler/framework/plugins/tainttoleration/taint_toleration.go Filter 1.36
 */
export const taintToleration: Filter = {
  name: NAME,
  hangsOn: 'node',
  for({ shape }) {
    const isTolerated = toleration(shape.tolerations);
    return ({ facts }) =>
      facts.taints.some((taint) => keepsOff(taint) && !isTolerated(taint)) ? REFUSAL : undefined;
  },
};

/** Whether a taint keeps pods off a node, and is not only a preference. */
export function keepsOff({ effect }: NodeTaint): boolean {
  return effect === 'NoSchedule' || effect === 'NoExecute';
}

/** Whether some tolerations are of a taint. Many nodes have the same ones, which are compared once. */
export function toleration(tolerations: readonly Field[]): (taint: NodeTaint) => boolean {
  const known = new Map<string, boolean>();
  return ({ key, value = '', effect }) => {
    const name = `${key}=${value}:${effect}`;
    const before = known.get(name);
    if (before !== undefined) return before;
    const isTolerated = tolerates(tolerations, { key, value, effect: effect as 'NoSchedule' }) === 'yes';
    known.set(name, isTolerated);
    return isTolerated;
  };
}
