import { equal } from '../../apiserver/update/equal';
import { unservedError } from '../../apiserver/update/served';
import { update, type Update } from '../../apiserver/update/update';
import type { Step } from '../consequences/rule';
import { effectOf } from '../effect';
import { expansionErrors } from '../expansion';
import type { Pair } from '../pairs';
import { recreated } from '../recreated';
import { methodOf, type World } from '../world';
import { described, describedUpdate } from './described';

/** An object that is there, and is applied again. */
export function changed(pair: Required<Pair>, world: World): Step {
  if (isSame(pair, world)) return { change: described('none', pair) };
  const inPlace = updated(pair, world);
  const again = recreated(pair, inPlace, world);
  const made = again?.made ?? inPlace;
  const change = describedUpdate(again?.effect ?? effectOf(made), made, pair, world);
  return {
    change: again === undefined ? change : { ...change, recreated: again.recreated },
    now: made.now,
    ...(made.was !== undefined && { was: made.was }),
  };
}

/** Most objects do not change, and need no more than a look. */
function isSame({ before, after }: Required<Pair>, { kinds, server }: World): boolean {
  if (kinds.has(after.object) || unservedError(after.object, server) !== undefined) return false;
  return equal(before.object, after.object);
}

function updated({ before, after }: Required<Pair>, world: World): Update {
  const made = update(before.object, after.object, world.server, methodOf(after.object, world));
  return { ...made, violations: [...made.violations, ...expansionErrors(made, world.after)] };
}
