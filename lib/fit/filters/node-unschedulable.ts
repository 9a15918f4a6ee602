import { tolerates } from '../../graph/taints';
import { lasting, type Filter } from './filter';

const NAME = 'NodeUnschedulable';
const REFUSAL = lasting(NAME, 'node(s) were unschedulable');
const TAINT = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' } as const;

/**
 * Cordoned nodes take only pods that tolerate the taint of a cordon.
 *
 * @source k8s.io/kubernetes pkg/scheduler/framework/plugins/nodeunschedulable/node_unschedulable.go Filter 1.36
 */
export const nodeUnschedulable: Filter = {
  name: NAME,
  hangsOn: 'node',
  for({ shape: { tolerations } }) {
    if (tolerates(tolerations, TAINT) === 'yes') return undefined;
    return ({ facts, isCordoned }) => (facts.isUnschedulable || isCordoned ? REFUSAL : undefined);
  },
};
