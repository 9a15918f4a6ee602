import fc from 'fast-check';
import { PodSet } from './pod-set';

const SIZE = 100;
const places = fc.uniqueArray(fc.integer({ min: 0, max: SIZE - 1 }));
const setOf = (all: readonly number[]): PodSet => {
  const set = new PodSet(SIZE);
  for (const place of all) set.add(place);
  return set;
};
const sorted = (all: Iterable<number>): number[] => [...all].sort((a, b) => a - b);

it('holds what a set of numbers would', () => {
  fc.assert(
    fc.property(places, places, (a, b) => {
      const [one, other] = [setOf(a), setOf(b)];
      expect([...one]).toEqual(sorted(a));
      expect([one.size, one.isEmpty]).toEqual([a.length, a.length === 0]);
      expect([...one.and(other)]).toEqual(sorted(a.filter((place) => b.includes(place))));
      expect([...one.without(other)]).toEqual(sorted(a.filter((place) => !b.includes(place))));
      const both = one.copy();
      both.join(other);
      expect([...both]).toEqual(sorted(new Set([...a, ...b])));
      expect(a.every((place) => one.has(place))).toBe(true);
    }),
  );
});

it.each([0, 1, 31, 32, 33, 64])('has all of the first %d, and no more', (size) => {
  expect([...PodSet.all(size)]).toEqual(Array.from({ length: size }, (_, place) => place));
});
