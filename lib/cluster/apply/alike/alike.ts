import { grouped } from '../../../kube/grouped';
import { identityKey } from '../../../manifest/manifest';
import type { Change } from '../../../plan/change';
import { limited } from '../../limited';
import type { Target } from '../targets';
import type { Addressed } from '../write';
import { isKnownRelease, mayBeAlike, placeOf, WORTH, WORTH_A_PLACE, type Questions } from './questions';
import { shapeOf } from './shape';

/** New objects of one shape: what the server says of the first is what it says of all. */
export interface Alike {
  readonly first: Addressed;
  readonly others: readonly Addressed[];
}

/** What is known of objects that may be alike. */
export interface Around {
  readonly changes: readonly Change[];
  /** New objects whose place is there. */
  readonly isNew: (target: Target) => boolean;
  /** Whether a namespace may have a quota. */
  readonly isCounted: (namespace: string) => boolean;
  readonly questions: Questions;
}

/**
 * New objects that are alike, if the server needs to be asked about one of them only: it is of a release whose rules are
 * known here, nothing else judges them, and the user may create them all. None where anything that is there changes: what
 * is refused after all then leaves new objects and nothing else.
 */
export async function alikeIn(
  targets: readonly Target[],
  version: string,
  { changes, isNew, isCounted, questions }: Around,
): Promise<readonly Alike[]> {
  if (!isKnownRelease(version)) return [];
  if (changes.some(({ effect }) => effect !== 'none' && effect !== 'created')) return [];
  const created = new Set(
    changes.filter(({ effect }) => effect === 'created').map(({ id }) => identityKey(id)),
  );
  const candidates = targets.filter(
    (target): target is Addressed =>
      created.has(target.key) && isNew(target) && mayBeAlike(target, isCounted),
  );
  const groups = alike(candidates);
  if (spared(groups) < WORTH) return [];
  const judged = await questions.judged();
  if (judged === undefined) return [];
  const places = [...grouped(groups, ({ first }) => placeOf(first.manifest.id)).values()];
  const open = await limited(places, async (inPlace) => {
    const [one] = inPlace;
    if (one === undefined || spared(inPlace) < WORTH_A_PLACE || judged(one.first.resource)) return [];
    return (await questions.mayApplyAll(one.first)) ? inPlace : [];
  });
  return open.flat();
}

function alike(targets: readonly Addressed[]): Alike[] {
  const byShape = grouped(
    targets,
    ({ manifest: { id, object } }) => `${id.namespace ?? ''} ${shapeOf(object)}`,
  );
  return [...byShape.values()].flatMap(([first, ...others]) =>
    first === undefined || others.length === 0 ? [] : [{ first, others }],
  );
}

function spared(groups: readonly Alike[]): number {
  return groups.reduce((sum, { others }) => sum + others.length, 0);
}
