import type { PodShape } from '../pods/shape';
import type { FitNode } from '../state/node';

/**
 * How much of CPU and memory is left with the pod, in percent. A container without requests counts as 100m and 200Mi.
 *
 * @source k8s.io/kubernetes pkg/scheduler/framework/plugins/noderesources/least_allocated.go leastResourceScorer 1.36
 */
export function leastAllocated({ counted }: PodShape, node: FitNode): number {
  const { cpu, memory } = node.facts.allocatable;
  let [sum, resources] = [0, 0];
  for (const [has, wanted] of [
    [cpu, node.countedCpu + counted.cpu],
    [memory, node.countedMemory + counted.memory],
  ] as const) {
    if (has === 0) continue;
    sum += wanted > has ? 0 : Math.floor(((has - wanted) * 100) / has);
    resources++;
  }
  return resources === 0 ? 0 : Math.floor(sum / resources);
}

/**
 * How much better CPU and memory are balanced with the pod than without it. A pod without requests has no say.
 * Before 1.36, only the balance with the pod counted.
 *
 * @source k8s.io/kubernetes pkg/scheduler/framework/plugins/noderesources/balanced_allocation.go balancedResourceScorer 1.36
 */
export function balancedAllocation({ requests }: PodShape, node: FitNode, comparesBefore: boolean): number {
  if (requests.cpu === 0 && requests.memory === 0) return 0;
  const now = balance(node, node.cpu + requests.cpu, node.memory + requests.memory);
  if (!comparesBefore) return now;
  return 50 + Math.trunc((50 + now - balance(node, node.cpu, node.memory)) / 2);
}

function balance({ facts: { allocatable } }: FitNode, cpu: number, memory: number): number {
  if (allocatable.cpu === 0 || allocatable.memory === 0) return 100;
  const used = Math.min(1, cpu / allocatable.cpu);
  const filled = Math.min(1, memory / allocatable.memory);
  return Math.trunc((1 - Math.abs((used - filled) / 2)) * 100);
}

const MEBIBYTE = 1024 * 1024;
const LEAST_IMAGE = 23 * MEBIBYTE;
const MOST_PER_CONTAINER = 1000 * MEBIBYTE;

/**
 * How much of the images of a pod a node has: large ones count more, and those that many nodes have.
 *
 * @source k8s.io/kubernetes pkg/scheduler/framework/plugins/imagelocality/image_locality.go Score 1.36
 */
export function imageLocality(
  { images, containers }: PodShape,
  node: FitNode,
  known: ReadonlyMap<string, ReadonlyMap<FitNode, number>>,
  allNodes: number,
): number {
  let sum = 0;
  for (const image of images) {
    const nodes = known.get(imageName(image));
    const size = nodes?.get(node);
    if (nodes !== undefined && size !== undefined) sum += Math.trunc(size * (nodes.size / allNodes));
  }
  const most = MOST_PER_CONTAINER * containers;
  const counted = Math.min(Math.max(sum, LEAST_IMAGE), most);
  return Math.trunc((100 * (counted - LEAST_IMAGE)) / (most - LEAST_IMAGE));
}

/** An image with its tag, as nodes list it. */
export function imageName(image: string): string {
  return image.lastIndexOf(':') <= image.lastIndexOf('/') ? `${image}:latest` : image;
}
