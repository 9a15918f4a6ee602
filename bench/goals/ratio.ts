import type { Cost } from '../measure';
import { cpuOf, median, ratio, seconds, wallOf } from '../measure';
import type { Figure } from './goal';

/** How many times `bases` something took, with the medians of both by the clock. */
export function against(costs: readonly Cost[], bases: readonly Cost[]): Figure {
  return {
    clock: ratio(wallOf(costs), wallOf(bases)),
    cpu: ratio(cpuOf(costs), cpuOf(bases)),
    detail: `${seconds(median(wallOf(costs)))} against ${seconds(median(wallOf(bases)))}`,
  };
}
