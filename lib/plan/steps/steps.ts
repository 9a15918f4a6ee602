import type { Server } from '../../apiserver/update/kind';
import { progress } from '../../manifest/progress';
import type { Step } from '../consequences/rule';
import { ChangedKinds, isDefinitionManifest } from '../definitions';
import { keptObjects } from '../kept';
import type { Pair } from '../pairs';
import { worldOf, type Sides, type World } from '../world';
import { leftAlone } from '../left-alone';
import { changed, isSame } from './changed';
import { created } from './created';
import { described } from './described';
import { gone } from './gone';
import { left } from './left';

/** What becomes of each object, and the API server that decided it. */
export interface Decided {
  readonly steps: readonly Step[];
  readonly server: Server;
}

/** What becomes of each pair of objects: of definitions first, since they decide how objects of their kinds are read. */
export function stepsOf(pairs: readonly Pair[], sides: Sides): Decided {
  const kept = keptObjects(pairs.flatMap(({ before, after }) => (before && !after ? [before] : [])));
  const stepIn = (world: World, { before, after }: Pair): Step => {
    if (after === undefined) {
      if (before === undefined) throw new Error('A pair has one side at least.');
      return gone(before, kept.get(before));
    }
    // Whether its deployer leaves it alone does not matter then.
    if (before !== undefined && isSame({ before, after }, world))
      return { change: described('none', { before, after }) };
    const hasDeployer = sides.areApart !== true && sides.live === undefined;
    const alone = hasDeployer ? leftAlone({ after, ...(before && { before }) }) : undefined;
    if (alone !== undefined) return left({ after, ...(before && { before }) }, alone.setting);
    return before ? changed({ before, after }, world) : created(after, world);
  };
  const first = worldOf(sides);
  const definitions = new Map(
    pairs.filter(isDefinitionManifest).map((pair) => [pair, stepIn(first, pair)] as const),
  );
  const world = worldOf(sides, new ChangedKinds([...definitions.values()].map(({ change }) => change)));
  const steps = pairs.map((pair, index) => {
    progress('planning objects', index, pairs.length);
    return definitions.get(pair) ?? stepIn(world, pair);
  });
  return { steps, server: world.server };
}
