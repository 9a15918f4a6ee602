import { identify, type KubeObject } from './manifest';
import { keepOriginals, writtenAt } from './rebuilt';

const object = (spec: unknown): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'a' },
  spec,
});

/** The steps in an original of the field at `steps` of what is built from it. */
function written(steps: readonly (string | number)[], built: unknown, ...from: readonly unknown[]) {
  const manifests = from.map((spec) => ({ object: object(spec), id: identify(object(spec)) }));
  const rebuilt = object(built);
  keepOriginals(rebuilt, manifests);
  const found = writtenAt(rebuilt, ['spec', ...steps]);
  return found && [manifests.indexOf(found.manifest), ...found.steps.slice(1)];
}

it.each([
  ['a name', { name: 'b' }, { name: 'a' }],
  ['a port', { containerPort: 2 }, { containerPort: 1 }],
  ['a path', { mountPath: '/b', name: 'x' }, { mountPath: '/a', name: 'x' }],
  ['equal values', ['b'], ['a']],
  ['an equal text', 'b', 'a'],
])('an item of a list is told by %s, not by its index', (_, item, added) => {
  expect(written(['list', 1], { list: [added, item] }, { list: [item] })).toEqual([0, 'list', 0]);
  expect(written(['list', 0], { list: [item] }, { list: [added, item] })).toEqual([0, 'list', 1]);
});

it('an item that changed is told by the items beside it', () => {
  expect(written(['list', 1], { list: ['a', 'c'] }, { list: ['a', 'b'] })).toEqual([0, 'list', 1]);
  expect(written(['list', 0], { list: [{ x: 1 }] }, { list: [{ x: 2 }] })).toEqual([0, 'list', 0]);
});

it('a place that is not certain is that of the list', () => {
  expect(written(['list', 1], { list: ['c', 'd'] }, { list: ['a', 'b'] })).toEqual([0, 'list']);
  expect(written(['list', 0], { list: ['a', 'a', 'b'] }, { list: ['b', 'a', 'a'] })).toEqual([0, 'list']);
  const [x, y] = [{ name: 'x' }, { name: 'y' }];
  expect(written(['list', 0], { list: [y, x] }, { list: [x] })).toEqual([0, 'list']);
});

it('a value is that of the patch that sets it, and else of the base', () => {
  expect(written(['a'], { a: 2 }, { a: 1 }, { a: 2 })).toEqual([1, 'a']);
  expect(written(['a'], { a: 3 }, { a: 1 }, { a: 2 })).toEqual([0, 'a']);
  expect(written(['b'], { b: 1 }, { a: 1 }, { b: 1 })).toEqual([1, 'b']);
  expect(written(['c'], { c: 1 }, { a: 1 }, { b: 1 })).toEqual([0]);
  expect(writtenAt(object({}), ['spec'])).toBeUndefined();
});
