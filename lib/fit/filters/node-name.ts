import { lasting, type Filter } from './filter';

const NAME = 'NodeName';
const REFUSAL = lasting(NAME, "node(s) didn't match the requested node name");

/**
 * A pod with `spec.nodeName` is for that node. The scheduler does not see such a pod: see `bindsItself`.
 *
 * @source k8s.io/kubernetes pkg/scheduler/framework/plugins/nodename/node_name.go Filter 1.36
 */
export const nodeName: Filter = {
  name: NAME,
  hangsOn: 'node',
  for({ shape }) {
    if (shape.nodeName === '') return undefined;
    return ({ facts }) => (facts.name === shape.nodeName ? undefined : REFUSAL);
  },
};
