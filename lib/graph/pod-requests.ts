import { podLevelResources } from '../apiserver/defaults/pod-level';
import { aggregate, isPodLevelResource, type Amounts } from '../kube/pod-resources';
import { addQuantities, parseQuantity, type Quantity } from '../kube/quantity';
import type { PlainRecord } from '../manifest/data';
import { Field } from '../manifest/field';
import type { Cluster } from './cluster';
import { withDefaultResources } from './limit-ranges';
import type { Pods } from './pods';

/**
 * What the scheduler reserves for a pod: the requests of its containers with the defaults of the API server and of
 * LimitRanges, those of the whole pod in their place, and the overhead of its runtime.
 *
 * @param overhead `overhead.podFixed` of its RuntimeClass
 * @source k8s.io/component-helpers resource/helpers.go PodRequests 1.36
 */
export function requestsOf(
  cluster: Cluster,
  { namespace, spec }: Pick<Pods, 'namespace' | 'spec'>,
  overhead: Field,
): Amounts {
  return reservedFor(withDefaultResources(cluster, namespace, spec.record), overhead);
}

/**
 * The same for a pod as the API server has it.
 *
 * @param least what a container counts for that requests none of a resource
 */
export function reservedFor(
  spec: PlainRecord,
  overhead: Field,
  least: Readonly<Record<string, string>> = {},
): Amounts {
  const own = { ...spec, resources: structuredClone(Field.root(spec).child('resources').record) };
  podLevelResources(own);
  const requests = new Map(aggregate(withLeast(own, least), 'requests'));
  for (const [name, amount] of amountsAt(Field.root(own).at('resources', 'requests')))
    if (isPodLevelResource(name)) requests.set(name, amount);
  for (const [name, amount] of amountsAt(overhead)) {
    const before = requests.get(name);
    requests.set(name, before === undefined ? amount : addQuantities(before, amount));
  }
  return requests;
}

function withLeast(spec: PlainRecord, least: Readonly<Record<string, string>>): PlainRecord {
  if (Object.keys(least).length === 0) return spec;
  const container = (each: Field): PlainRecord => {
    const resources = each.child('resources');
    const requests = { ...least, ...resources.child('requests').record };
    return { ...each.record, resources: { ...resources.record, requests } };
  };
  const root = Field.root(spec);
  return {
    ...spec,
    containers: root.list('containers').map(container),
    initContainers: root.list('initContainers').map(container),
  };
}

/** The quantities of a map of resources; those that cannot be read are left out. */
export function amountsAt(field: Field): Map<string, Quantity> {
  return amountsOf(field.record);
}

/** The same of a plain map. */
export function amountsOf(record: PlainRecord): Map<string, Quantity> {
  const amounts = new Map<string, Quantity>();
  for (const [name, value] of Object.entries(record)) {
    if (typeof value !== 'string' && typeof value !== 'number') continue;
    const amount = parseQuantity(value);
    if (amount !== undefined) amounts.set(name, amount);
  }
  return amounts;
}
