import type { KubeObject } from '../../manifest/manifest';
import { ManifestSet } from '../../manifest/set';
import { planLive } from '../../plan/plan-live';
import { outdatedIn, readReviewed, reviewedPlan, reviewedText } from './reviewed';

const PLACE = { server: 'https://a', name: 'shop', namespace: 'shop' };
const map = (name: string, data: object, metadata: object = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'shop', ...metadata },
  data,
});
const secret = (data: object): KubeObject => ({ ...map('login', data), kind: 'Secret', type: 'Opaque' });

const planned = (live: readonly KubeObject[], objects: readonly KubeObject[], salt = 'salt', place = PLACE) =>
  reviewedPlan({ changes: planLive(live, ManifestSet.of(objects), { manager: 'seaworthy' }) }, place, salt);

const base = planned([map('a', { x: '1' })], [map('a', { x: '2' }), map('b', {})]);

test.each([
  ['the same', [map('a', { x: '1' })], [map('a', { x: '2' }), map('b', {})], []],
  [
    'what a controller wrote',
    [map('a', { x: '1', theirs: '7' }, { annotations: { seen: 'yes' }, resourceVersion: '9' })],
    [map('a', { x: '2' }), map('b', {})],
    [],
  ],
  [
    'another manifest',
    [map('a', { x: '1' })],
    [map('a', { x: '3' }), map('b', {})],
    ['ConfigMap shop/a: its manifest is not the one of the plan'],
  ],
  [
    'another value in the cluster',
    [map('a', { x: '0' })],
    [map('a', { x: '2' }), map('b', {})],
    ['ConfigMap shop/a: it has changed in the cluster'],
  ],
  [
    'an object that has come',
    [map('a', { x: '1' }), map('b', { y: '1' })],
    [map('a', { x: '2' }), map('b', {})],
    ['ConfigMap shop/b: it would be unchanged, and was to be created'],
  ],
  [
    'an object more, and one less',
    [map('a', { x: '1' })],
    [map('a', { x: '2' }), map('c', {})],
    ['ConfigMap shop/b: it was in the plan, and is no longer', 'ConfigMap shop/c: it is not in the plan'],
  ],
])('a plan holds, or says why not: %s', (_, live, objects, expected) => {
  expect(outdatedIn(base, planned(live, objects))).toEqual(expected);
});

test('it is for one server and one application', () => {
  const other = planned([map('a', { x: '1' })], [map('a', { x: '2' }), map('b', {})], 'salt', {
    ...PLACE,
    server: 'https://b',
  });
  expect(outdatedIn(base, other)).toEqual(['the plan is for server https://a, and this is https://b']);
});

test('it gives away no value, and still tells when a Secret has changed', () => {
  const then = planned([secret({ password: 'b2xk' })], [secret({ password: 'bmV3' })]);
  const text = reviewedText(then);
  expect(text).not.toMatch(/b2xk|bmV3|old|new/);
  expect(
    outdatedIn(then, planned([secret({ password: 'b3RoZXI=' })], [secret({ password: 'bmV3' })])),
  ).toEqual(['Secret shop/login: it has changed in the cluster']);
  const salted = (salt: string) => planned([], [map('a', { password: 'new' })], salt).objects;
  expect(salted('one')).not.toEqual(salted('two'));
});

test('what was written is read again, and nothing else is', () => {
  expect(readReviewed(reviewedText(base), 'plan.json')).toEqual(base);
  for (const text of [
    '',
    '[]',
    '{"kind":"seaworthy-plan","version":1}',
    reviewedText(base).replace('"version": 1', '"version": 2'),
  ])
    expect(() => readReviewed(text, 'plan.json')).toThrow(/plan\.json: .*\[INPUT_UNREADABLE\]/);
});
