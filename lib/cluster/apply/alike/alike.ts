import { grouped } from '../../../kube/grouped';
import { kindSchema, nearestRelease } from '../../../kube/schema';
import { identityKey } from '../../../manifest/manifest';
import type { Change } from '../../../plan/change';
import { limited } from '../../limited';
import type { Target } from '../targets';
import type { Addressed } from '../write';
import { Coverage } from './coverage';
import { isKnownRelease, mayBeAlike, placeOf, WORTH, WORTH_A_PLACE, type Questions } from './questions';

/** New objects of a kind in a namespace: what the server says of those that are tried is what it says of all. */
export interface Alike {
  /** These have between them all that the others have. */
  readonly tried: readonly Addressed[];
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
 * New objects that are alike, if the server needs to be asked about some of them only: it is of a release whose rules are
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
  const places = [...grouped(candidates, ({ manifest }) => placeOf(manifest.id)).values()]
    .map((inPlace) => alike(inPlace, version))
    .filter(({ others }) => others.length >= WORTH_A_PLACE);
  if (places.reduce((sum, { others }) => sum + others.length, 0) < WORTH) return [];
  const judged = await questions.judged();
  if (judged === undefined) return [];
  const open = await limited(places, async (each) => {
    const [one] = each.others;
    if (one === undefined || judged(one.resource)) return [];
    return (await questions.mayApplyAll(one)) ? [each] : [];
  });
  return open.flat();
}

function alike(inPlace: readonly Addressed[], version: string): Alike {
  const coverage = new Coverage();
  const [tried, others]: [Addressed[], Addressed[]] = [[], []];
  for (const target of inPlace) {
    const { object, id } = target.manifest;
    const struct = kindSchema(nearestRelease(version), id.apiVersion, id.kind);
    const isTried =
      struct === undefined || coverage.add(object, { type: 'struct', struct: () => struct, atomic: false });
    (isTried ? tried : others).push(target);
  }
  return { tried, others };
}
