import { aggregate, isPodLevelResource } from '../kube/pod-resources';
import { addQuantities, parseQuantity, type Quantity } from '../kube/quantity';
import type { PlainRecord } from '../manifest/data';
import { Field } from '../manifest/field';
import { amountsAt, reservedFor } from './pod-requests';

const ONE = parseQuantity('1');

/**
 * What a pod takes of what quotas limit; nothing of what it does not request.
 *
 * @param spec as the API server has it, with the defaults of LimitRanges
 * @param names of what is limited, as quotas call it: `requests.cpu`, `pods`
 * @source k8s.io/kubernetes pkg/quota/v1/evaluator/core/pods.go podComputeUsageHelper, PodUsageFunc 1.36
 */
export function takenByPod(spec: PlainRecord, names: Iterable<string>): ReadonlyMap<string, Quantity> {
  const root = Field.root(spec);
  const requests = reservedFor(spec, root.child('overhead'));
  const limits = limitsOf(root);
  const taken = new Map<string, Quantity>();
  for (const name of names) {
    const [, side = 'requests', resource = name] =
      /^(requests)\.(.+)$/.exec(name) ?? /^(limits)\.(cpu|memory|ephemeral-storage)$/.exec(name) ?? [];
    const isCount = name === 'pods' || name === 'count/pods';
    const amount = isCount ? ONE : (side === 'limits' ? limits : requests).get(resource);
    // Zero takes nothing of a limit, even one that is exceeded already.
    if (amount !== undefined && amount.nanos > 0n) taken.set(name, amount);
  }
  return taken;
}

function limitsOf(spec: Field): ReadonlyMap<string, Quantity> {
  const limits = new Map(aggregate(spec.record, 'limits'));
  for (const [name, amount] of amountsAt(spec.at('resources', 'limits')))
    if (isPodLevelResource(name)) limits.set(name, amount);
  for (const [name, amount] of amountsAt(spec.at('overhead'))) {
    const before = limits.get(name);
    if (before !== undefined) limits.set(name, addQuantities(before, amount));
  }
  return limits;
}
