import { passing, type Filter } from './filter';

const NAME = 'NodePorts';
const REFUSAL = passing(NAME, "node(s) didn't have free ports for the requested pod ports");

/**
 * Host ports are used once on a node.
 *
 * @source k8s.io/kubernetes pkg/scheduler/framework/plugins/nodeports/node_ports.go Filter 1.36
 */
export const nodePorts: Filter = {
  name: NAME,
  hangsOn: 'pods',
  for({ shape: { ports } }) {
    if (ports.length === 0) return undefined;
    return (node) => (ports.some((port) => node.ports.conflictsWith(port)) ? REFUSAL : undefined);
  },
};
