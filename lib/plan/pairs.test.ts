import { SeaworthyError, type Problem } from '../errors';
import { ManifestSet } from '../manifest/set';
import { pairsOf } from './pairs';

const object = (name: string) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'shop' },
});

function problemsOf(set: ManifestSet): readonly Problem[] {
  try {
    pairsOf(set, ManifestSet.of([]));
  } catch (error) {
    if (error instanceof SeaworthyError) return error.problems;
  }
  return [];
}

it('pairs objects in the order of the new set, and then those that are no more', () => {
  const pairs = pairsOf(
    ManifestSet.of(['gone', 'b', 'a'].map(object)),
    ManifestSet.of(['a', 'new', 'b'].map(object)),
  );
  expect(pairs.map(({ before, after }) => [before?.id.name, after?.id.name])).toEqual([
    ['a', 'a'],
    [undefined, 'new'],
    ['b', 'b'],
    ['gone', undefined],
  ]);
});

it('names both places of an object that is there twice', () => {
  const twice = ManifestSet.of([object('a'), object('a')]);
  const message = 'there are two of ConfigMap shop/a';
  const hint = 'Keep one of them: which would be applied last, nobody can say.';
  const problem = { code: 'DUPLICATE_IDENTITY', place: 'ConfigMap shop/a', hint };
  expect(problemsOf(twice)).toEqual([{ ...problem, message }]);
  const sources = ['a.yaml:1', 'b.yaml:3'];
  const placed = ManifestSet.from(
    [...twice].map((manifest, index) => ({ ...manifest, origin: { source: sources[index] ?? '' } })),
  );
  const samples =
    'Keep one of them, or compare the files one by one: which would be applied last, nobody can say.';
  expect(problemsOf(placed)).toEqual([
    { ...problem, hint: samples, message: `${message}, at a.yaml:1 and b.yaml:3`, source: 'b.yaml:3' },
  ]);
  const constructs = ManifestSet.from(
    [...twice].map((manifest, index) => ({ ...manifest, origin: { construct: `shop/${index}` } })),
  );
  expect(problemsOf(constructs)).toEqual([{ ...problem, message: `${message}, at shop/0 and shop/1` }]);
});

it('takes objects that the server names for new ones, however many there are', () => {
  const named = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { generateName: 'run-', namespace: 'shop' },
  };
  const set = ManifestSet.of([named, { ...named, data: { a: '1' } }]);
  expect(pairsOf(set, set).map(({ before, after }) => [before !== undefined, after !== undefined])).toEqual([
    [false, true],
    [false, true],
  ]);
});
