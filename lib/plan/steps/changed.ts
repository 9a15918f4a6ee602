import { isApplied } from '../../apiserver/apply/applied';
import { scalersOf } from '../../graph/scalers';
import { serverKind } from '../../apiserver/update/kind';
import { equal } from '../../apiserver/update/equal';
import { unservedError } from '../../apiserver/update/served';
import { update, type Update } from '../../apiserver/update/update';
import type { Step } from '../consequences/rule';
import { heldFields, isLeftAlone, type Held } from '../drift/find';
import { effectOf } from '../effect';
import { expansionErrors } from '../expansion';
import { identityKey } from '../../manifest/manifest';
import type { Pair } from '../pairs';
import { recreated } from '../recreated';
import { methodOf, type World } from '../world';
import { described, describedUpdate } from './described';

const NOBODY: ReadonlySet<string> = new Set();

/** An object that is there, and is applied again. */
export function changed(pair: Required<Pair>, world: World): Step {
  if (isThere(pair, world)) return { change: described('none', pair) };
  const inPlace = updated(pair, world);
  const again = recreated(pair, inPlace, world);
  const made = again?.made ?? inPlace;
  const change = describedUpdate(again?.effect ?? effectOf(made), made, pair, world);
  return {
    change: {
      ...change,
      ...(again !== undefined && { recreated: again.recreated }),
      ...held(pair, made, world),
    },
    now: made.now,
    ...(made.was !== undefined && { was: made.was }),
    ...droppedOf(made),
  };
}

function droppedOf({ wasDropped: before = [], dropped: after = [] }: Update): Pick<Step, 'dropped'> {
  return before.length + after.length > 0 ? { dropped: { before, after } } : {};
}

/** Whether an object and how it is read do not change. Most do not, and need no more than a look. */
export function isSame({ before, after }: Required<Pair>, { kinds, server }: World): boolean {
  const { object } = after;
  if (kinds.has(object) || !equal(before.object, object)) return false;
  const isServed = server.definitions.servesAll(object.apiVersion, object.kind);
  return isServed || unservedError(object, server) === undefined;
}

/** What a cluster has just as it is applied, with nothing in it of others, the server leaves as it is. */
function isThere({ before, after }: Required<Pair>, { kinds, live, server }: World): boolean {
  const { apiVersion, kind } = after.object;
  if (live === undefined || before.object.apiVersion !== apiVersion || kinds.has(after.object)) return false;
  const { schema, isKnown } = serverKind(apiVersion, kind, server);
  if (!isKnown || server.definitions.assumedFor(apiVersion, kind) !== undefined) return false;
  return (
    isLeftAlone(before.object, live.manager, live.controllers ?? NOBODY) &&
    isApplied(after.object, before.object, live.manager, schema) &&
    unservedError(after.object, server) === undefined
  );
}

/** What others hold of an object of a cluster. */
function held({ before, after }: Required<Pair>, { was, now }: Update, world: World): Partial<Held> {
  const { live, server } = world;
  if (live === undefined || was === undefined) return {};
  const { drift, conflicts } = heldFields({
    before: before.object,
    after: after.object,
    was,
    now,
    schema: serverKind(after.id.apiVersion, after.id.kind, server).schema,
    manager: live.manager,
    method: methodOf(after.object, world),
    isScaled: scalersOf(world.after, after).length > 0,
    controllers: live.controllers ?? NOBODY,
    recorded: live.recorded?.get(identityKey(after.id)),
  });
  return { ...(drift.length > 0 && { drift }), ...(conflicts.length > 0 && { conflicts }) };
}

function updated({ before, after }: Required<Pair>, world: World): Update {
  const made = update(before.object, after.object, world.server, methodOf(after.object, world));
  const allowed = { ...made, violations: [...made.violations, ...expansionErrors(made, world.after)] };
  return { ...allowed, violations: [...allowed.violations, ...world.policies.errors(allowed)] };
}
