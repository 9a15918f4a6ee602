import type { PodShape } from '../pods/shape';
import type { FitNode } from '../state/node';
import { changed, type Step } from './step';

const MEBIBYTE = 1024 * 1024;

/**
 * Lower requests by which so many pods would fit on some nodes, by arithmetic alone: each resource that is short by itself,
 * then all of them together. Nodes hold what other pods request.
 *
 * @param reasons why there is no node, in the words of the scheduler
 * @param nodes those that would take the pods, were it not for their requests
 */
export function lowerRequests(
  shape: PodShape,
  reasons: readonly string[],
  nodes: readonly FitNode[],
  pods: number,
): Step[] {
  const short = [...new Set(reasons.flatMap((reason) => /Insufficient (.+)$/.exec(reason)?.[1] ?? []))];
  const lower = lowered(shape, short, nodes, pods);
  if (lower.length > 0) {
    const steps = lower.map((each) => stepOf(shape, [each]));
    return lower.length > 1 ? [...steps, stepOf(shape, lower)] : steps;
  }
  // Where what is short is not all that is in the way, everything else is short for the pods that would come then.
  const all = lowered(shape, resourcesOf(shape), nodes, pods);
  return all.length === 0 ? [] : [stepOf(shape, all)];
}

function lowered(
  shape: PodShape,
  short: readonly string[],
  nodes: readonly FitNode[],
  pods: number,
): Lower[] {
  return short.flatMap((resource) => {
    const amount = most(shape, resource, new Set(short), nodes, pods);
    return amount === undefined ? [] : [{ resource, amount }];
  });
}

interface Lower {
  readonly resource: string;
  readonly amount: number;
}

/** The most that each pod may request so that all fit; nothing where none is low enough, or what it requests is. */
function most(
  shape: PodShape,
  resource: string,
  short: ReadonlySet<string>,
  nodes: readonly FitNode[],
  pods: number,
): number | undefined {
  const others = resourcesOf(shape).filter((each) => !short.has(each));
  const fits = (request: number): boolean => {
    let room = 0;
    for (const node of nodes) {
      let here = node.facts.allocatable.pods - node.pods.size;
      for (const each of others) here = Math.min(here, Math.floor(free(node, each) / requestOf(shape, each)));
      room += Math.max(0, Math.min(here, Math.floor(free(node, resource) / request)));
      if (room >= pods) return true;
    }
    return false;
  };
  if (fits(requestOf(shape, resource))) return undefined;
  const unit = resource === 'memory' || resource === 'ephemeral-storage' ? MEBIBYTE : 1;
  let [low, high] = [0, Math.ceil(requestOf(shape, resource) / unit)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle * unit)) low = middle;
    else high = middle;
  }
  return low === 0 ? undefined : low * unit;
}

function stepOf(shape: PodShape, lower: readonly Lower[]): Step {
  const texts = lower.map(({ resource, amount }) => {
    const less = requestOf(shape, resource) - amount;
    return `${amountText(resource, less)} less ${resource} (${amountText(resource, amount)})`;
  });
  const requests = lower.reduce(
    (all, { resource, amount }) => withAmount(all, resource, amount),
    shape.requests,
  );
  const counted = {
    cpu: Math.min(shape.counted.cpu, requests.cpu),
    memory: Math.min(shape.counted.memory, requests.memory),
  };
  return {
    kind: 'requests',
    text: `request ${texts.join(' and ')}`,
    shape: changed(shape, { requests, counted }),
  };
}

const FIELDS = { cpu: 'cpu', memory: 'memory', 'ephemeral-storage': 'storage' } as const;

function fieldOf(resource: string): (typeof FIELDS)[keyof typeof FIELDS] | undefined {
  return Object.hasOwn(FIELDS, resource) ? FIELDS[resource as keyof typeof FIELDS] : undefined;
}

function resourcesOf({ requests }: PodShape): string[] {
  const own = Object.keys(FIELDS).filter((resource) => requests[fieldOf(resource) ?? 'cpu'] > 0);
  return [...own, ...[...requests.others].filter(([, amount]) => amount > 0).map(([name]) => name)];
}

function requestOf({ requests }: PodShape, resource: string): number {
  const field = fieldOf(resource);
  return field === undefined ? (requests.others.get(resource) ?? 0) : requests[field];
}

function free(node: FitNode, resource: string): number {
  const field = fieldOf(resource);
  const { allocatable } = node.facts;
  if (field !== undefined) return allocatable[field] - node[field];
  return (allocatable.others.get(resource) ?? 0) - (node.others.get(resource) ?? 0);
}

function withAmount(requests: PodShape['requests'], resource: string, amount: number): PodShape['requests'] {
  const field = fieldOf(resource);
  if (field !== undefined) return { ...requests, [field]: amount };
  return { ...requests, others: new Map([...requests.others, [resource, amount]]) };
}

/** As Kubernetes writes it: `200m`, `1500m`, `2`, `512Mi`. */
function amountText(resource: string, amount: number): string {
  if (resource === 'cpu') return amount % 1000 === 0 ? String(amount / 1000) : `${amount}m`;
  if (fieldOf(resource) === undefined || amount % MEBIBYTE !== 0) return String(amount);
  return amount % (1024 * MEBIBYTE) === 0 ? `${amount / 1024 / MEBIBYTE}Gi` : `${amount / MEBIBYTE}Mi`;
}
