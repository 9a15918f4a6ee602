/** Sets of objects that have to do with each other, and what may become of them. */
import type { KubernetesRelease } from '../../../lib/kube/schema';
import { corpus } from '../corpus';
import type { Random } from '../random';
import { changedValue } from './changes';
import { customResource, definition } from './definitions';
import { object, typed } from './objects';
import { binding, validating } from './policies';

export function objects(random: Random, release: KubernetesRelease): unknown[] {
  return random.weighted<unknown[]>([
    [50, () => [...changedValue(random.pick(corpus().sets), random, 5)]],
    [10, () => [...changedValue([...random.pick(corpus().sets), ...random.pick(corpus().sets)], random, 5)]],
    [20, () => random.times(1, 4, () => typed(random, release))],
    [8, () => random.times(1, 4, () => object(random, release))],
    [7, () => [validating(random), binding(random), random.pick(corpus().objects), typed(random, release)]],
    [5, () => [definition(random), customResource(random), customResource(random)]],
  ]);
}

/** The objects after a change: values differ, objects are missing, doubled or new. */
export function after(before: readonly unknown[], random: Random, release: KubernetesRelease): unknown[] {
  return random.weighted<unknown[]>([
    [70, () => changedValue([...before], random, 5)],
    [10, () => before.slice(random.below(before.length))],
    [8, () => [...before, object(random, release)]],
    [4, () => before.toReversed()],
    [3, () => [...before, ...before]],
    [5, () => objects(random, release)],
  ]);
}
