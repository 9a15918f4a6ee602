import type { Resources } from '../pods/resources';
import type { FitNode } from '../state/node';
import type { Filter, Refusal } from './filter';

const NAME = 'NodeResourcesFit';

/**
 * A node has what the pod requests, beside what the pods on it request, and takes one more pod. All resources that are
 * short are named. What is more than the whole node has, no preemption makes room for.
 *
 * @source k8s.io/kubernetes pkg/scheduler/framework/plugins/noderesources/fit.go fitsRequest 1.36
 */
export const nodeResourcesFit: Filter = {
  name: NAME,
  hangsOn: 'pods',
  for({ shape: { requests } }) {
    const others = [...requests.others].filter(([, amount]) => amount !== 0);
    return (node) => (fits(requests, others, node) ? undefined : shortage(requests, others, node));
  },
};

type Others = readonly (readonly [string, number])[];

function fits({ cpu, memory, storage }: Resources, others: Others, node: FitNode): boolean {
  const has = node.facts.allocatable;
  return (
    node.pods.size < has.pods &&
    (cpu === 0 || cpu <= has.cpu - node.cpu) &&
    (memory === 0 || memory <= has.memory - node.memory) &&
    (storage === 0 || storage <= has.storage - node.storage) &&
    others.every(([name, amount]) => amount <= (has.others.get(name) ?? 0) - (node.others.get(name) ?? 0))
  );
}

function shortage({ cpu, memory, storage }: Resources, others: Others, node: FitNode): Refusal {
  const has = node.facts.allocatable;
  const reasons = node.pods.size >= has.pods ? ['Too many pods'] : [];
  let isLasting = false;
  const compare = (name: string, wanted: number, total: number, used: number): void => {
    if (wanted === 0 || wanted <= total - used) return;
    reasons.push(`Insufficient ${name}`);
    if (wanted > total) isLasting = true;
  };
  compare('cpu', cpu, has.cpu, node.cpu);
  compare('memory', memory, has.memory, node.memory);
  compare('ephemeral-storage', storage, has.storage, node.storage);
  for (const [name, amount] of others)
    compare(name, amount, has.others.get(name) ?? 0, node.others.get(name) ?? 0);
  return { filter: NAME, reasons, isLasting };
}
