import { equal } from '../../apiserver/update/equal';
import type { Step } from '../consequences/rule';
import type { Pair } from '../pairs';
import { described } from './described';

/**
 * An object that its deployer leaves as it is.
 *
 * @param setting the label or annotation that says so
 */
export function left(pair: Required<Pick<Pair, 'after'>> & Pair, setting: string): Step {
  const change = described('none', pair);
  // One that would not change anyway is like any other.
  const isSame = pair.before !== undefined && equal(pair.before.object, pair.after.object);
  return { change: isSame ? change : { ...change, notApplied: setting } };
}
