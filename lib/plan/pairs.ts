import { SeaworthyError, type Problem } from '../errors';
import { formatId, identityKey, isGenerated, type Manifest } from '../manifest/manifest';
import type { ManifestSet } from '../manifest/set';
import { parseSource } from '../manifest/source';

/** One object as it was and as it will be; one of the two may be missing. */
export interface Pair {
  readonly before?: Manifest;
  readonly after?: Manifest;
}

/**
 * The objects of both sets for one cluster, each with what it was: in the order of `after`, and then those that are no
 * more. An object that the server names is new each time.
 *
 * @throws SeaworthyError DUPLICATE_IDENTITY where one of the sets holds an object twice
 */
export function pairsOf(before: ManifestSet, after: ManifestSet): Pair[] {
  const [old, fresh] = [index(before), index(after)];
  const pairs = [...after].map((manifest): Pair => {
    const was = isNamed(manifest) ? old.get(keyOf(manifest)) : undefined;
    return was === undefined ? { after: manifest } : { before: was, after: manifest };
  });
  const gone = [...before].filter((manifest) => isNamed(manifest) && !fresh.has(keyOf(manifest)));
  return [...pairs, ...gone.map((manifest): Pair => ({ before: manifest }))];
}

function keyOf({ id }: Manifest): string {
  return identityKey(id);
}

function index(set: ManifestSet): Map<string, Manifest> {
  const found = new Map<string, Manifest>();
  const problems: Problem[] = [];
  for (const manifest of set) {
    if (!isNamed(manifest)) continue;
    const key = keyOf(manifest);
    const first = found.get(key);
    if (first === undefined) found.set(key, manifest);
    else problems.push(twice(first, manifest));
  }
  const [problem, ...more] = problems;
  if (problem !== undefined) throw new SeaworthyError(problem, ...more);
  return found;
}

function isNamed({ object }: Manifest): boolean {
  return !isGenerated(object);
}

function twice(first: Manifest, second: Manifest): Problem {
  const places = [first, second].map(({ origin }) => origin?.source ?? origin?.construct);
  const where = places.every((place) => place !== undefined) ? `, at ${places.join(' and ')}` : '';
  const source = second.origin?.source;
  return {
    code: 'DUPLICATE_IDENTITY',
    message: `there are two of ${formatId(second.id)}${where}`,
    place: formatId(second.id),
    hint: `${areSamples(first, second) ? 'Keep one of them, or compare the files one by one' : 'Keep one of them'}: which would be applied last, nobody can say.`,
    ...(source !== undefined && { source }),
  };
}

/** Whether two objects are in different files of manifests, as samples to choose from are. */
function areSamples({ origin: a }: Manifest, { origin: b }: Manifest): boolean {
  const [one, other] = [parseSource(a?.source)?.file, parseSource(b?.source)?.file];
  return a?.construct === undefined && one !== undefined && other !== undefined && one !== other;
}
