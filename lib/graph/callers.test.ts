import { ManifestSet } from '../manifest/set';
import { Callers, SelectionSets } from './callers';
import { Cluster } from './cluster';
import { PodSet } from './pod-set';
import { podsByOwner, type Pods } from './pods';

const upTo = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

const spec = { containers: [{ name: 'main', image: 'app:1' }] };
const set = ManifestSet.of(
  upTo(0, 200).map((i) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: `p${i}` }, spec })),
);
const pods = [...podsByOwner(new Cluster(set)).values()];
const selections = new SelectionSets(new Map(pods.map((each, place) => [each, place])));
const [front, back, one] = [pods.slice(0, 100), pods.slice(90, 180), pods.slice(199)];

function callers(...of: readonly (readonly Pods[])[]): Callers {
  const found = new Callers(selections);
  for (const each of of) found.add(each);
  return found;
}

function placesOf(each: Callers): number[] {
  const found = new PodSet(pods.length);
  each.addTo(found);
  return [...found];
}

it('shares the set of a large selection, and never adds another one to it', () => {
  const alone = callers(front);
  expect(placesOf(alone)).toEqual(upTo(0, 100));
  expect(placesOf(callers(front, back, one))).toEqual([...upTo(0, 180), 199]);
  expect(placesOf(callers(back))).toEqual(upTo(90, 180));
  expect(placesOf(alone)).toEqual(upTo(0, 100));
});

it('has the pods of a selection that is added after it was asked', () => {
  const growing = callers(front);
  expect([growing.has(99), growing.has(100)]).toEqual([true, false]);
  growing.add(back);
  growing.add(one);
  expect([growing.has(99), growing.has(179), growing.has(180), growing.has(199)]).toEqual([
    true,
    true,
    false,
    true,
  ]);
  expect(placesOf(growing)).toEqual([...upTo(0, 180), 199]);
});
