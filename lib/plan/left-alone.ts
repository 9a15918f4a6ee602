import { leftAloneBy, type LeftAlone } from '../kube/deployers/left-alone';
import type { Pair } from './pairs';

/** The setting by which the deployer does not apply an object: never, or since it is there. */
export function leftAlone({ before, after }: Required<Pick<Pair, 'after'>> & Pair): LeftAlone | undefined {
  const found = leftAloneBy(after.object.metadata);
  return found?.when === 'there' && before === undefined ? undefined : found;
}
