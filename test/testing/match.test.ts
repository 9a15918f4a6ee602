import fc from 'fast-check';
import { match } from '../../lib/testing';
import { Look } from '../../lib/testing/match/look';
import { compareLike } from '../../lib/testing/match/compare';
import { checkPattern } from '../../lib/testing/match/pattern';
import { pathOf } from '../../lib/manifest/path';
import { messageOf } from './apps';

/** What is not as expected, as `path: expectation`; nothing where the pattern is met. */
function faults(pattern: unknown, actual: unknown): string[] {
  checkPattern(pattern);
  const look = new Look();
  compareLike(pattern, actual, look);
  if (look.matches) look.capture();
  return look.mismatches.map(({ steps, expected }) => `${pathOf(steps)}: ${expected}`);
}

describe('plain data', () => {
  test('is met by what has more fields, at every depth', () => {
    expect(faults({ a: { b: 1 } }, { a: { b: 1, c: 2 }, d: 3 })).toEqual([]);
    expect(faults({ a: { b: 1 } }, { a: { b: 2 } })).toEqual(['a.b: 1']);
    expect(faults({ a: { b: 1 } }, { a: 'text' })).toEqual(['a: { b: 1 }']);
  });

  test('means the number of items in a list, and each in part', () => {
    expect(faults([{ a: 1 }], [{ a: 1, b: 2 }])).toEqual([]);
    expect(faults([{ a: 1 }], [{ a: 1 }, { a: 2 }])).toEqual([': 1 item, and there are 2']);
    expect(faults([{ a: 1 }, { a: 2 }], [{ a: 3 }])).toEqual([': 2 items, and there is 1', '[0].a: 1']);
  });

  test('tells values of two types apart', () => {
    expect(faults({ port: 80 }, { port: '80' })).toEqual(['port: 80']);
    expect(faults({ on: false }, {})).toEqual(['on: false']);
  });

  test('asks for own fields, not for those that every object has', () => {
    expect(faults({ constructor: match.any() }, {})).toEqual(['constructor: any value']);
  });

  test('is met by itself, whatever it is', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => expect(faults(value, value)).toEqual([])));
  });
});

describe('match.exactly', () => {
  test('refuses what the pattern does not have', () => {
    expect(faults(match.exactly({ a: 1 }), { a: 1 })).toEqual([]);
    expect(faults(match.exactly({ a: 1 }), { a: 1, b: 2 })).toEqual(['b: nothing']);
    expect(faults(match.exactly({ a: { b: 1 } }), { a: { b: 1, c: 2 } })).toEqual(['a.c: nothing']);
  });

  test('lets matchers inside decide for themselves', () => {
    expect(faults(match.exactly({ a: match.like({ b: 1 }) }), { a: { b: 1, c: 2 } })).toEqual([]);
  });
});

test('match.absent and match.any look at whether there is something', () => {
  expect(faults({ a: match.absent(), b: match.any() }, { b: null })).toEqual([]);
  expect(faults({ a: match.absent(), b: match.any() }, { a: 1 })).toEqual(['a: nothing', 'b: any value']);
});

test('match.not is met by everything else, nothing included', () => {
  expect(faults({ a: match.not('latest') }, { a: '1.2' })).toEqual([]);
  expect(faults({ a: match.not('latest') }, {})).toEqual([]);
  expect(faults({ a: match.not({ b: 1 }) }, { a: { b: 1, c: 2 } })).toEqual(['a: anything but { b: 1 }']);
});

describe('match.arrayWith', () => {
  test('finds an item for each pattern, in any order', () => {
    expect(faults(match.arrayWith([3, 1]), [1, 2, 3])).toEqual([]);
    expect(faults(match.arrayWith([1, 1]), [1, 2])).toEqual([': an item like 1']);
  });

  test('gives an item to the pattern that needs it', () => {
    const items = [{ a: 1, b: 1 }, { a: 1 }];
    expect(faults(match.arrayWith([{ a: 1 }, { a: 1, b: 1 }]), items)).toEqual([]);
  });

  test('tells what is wrong with the item that comes near', () => {
    const items = [
      { name: 'A', value: '1' },
      { name: 'B', value: '2' },
    ];
    expect(faults(match.arrayWith([{ name: 'B', value: '3' }]), items)).toEqual(['[1].value: "3"']);
    expect(faults(match.arrayWith([{ name: 'C', value: '9' }]), items)).toEqual([
      ': an item like { name: "C", value: "9" }',
    ]);
    expect(faults(match.arrayWith([1]), 'text')).toEqual([': a list with 1']);
  });
});

test('match.inAnyOrder is arrayWith for the whole list', () => {
  expect(faults(match.inAnyOrder([3, 1, 2]), [1, 2, 3])).toEqual([]);
  expect(faults(match.inAnyOrder([3, 1]), [1, 2, 3])).toEqual([': 2 items, and there are 3']);
  expect(faults(match.inAnyOrder([1, 4]), [1, 2])).toEqual([': an item like 4']);
  expect(faults(match.inAnyOrder([]), 'text')).toEqual([': [] in any order']);
});

test('match.inOrder lets others stand in between, and nothing the other way round', () => {
  expect(faults(match.inOrder(['a', 'c']), ['a', 'b', 'c'])).toEqual([]);
  expect(faults(match.inOrder(['c', 'a']), ['a', 'b', 'c'])).toEqual([': an item like "a" after "c"']);
});

test('match.key finds an item by its name, or by other fields', () => {
  const ports = [
    { name: 'http', port: 80 },
    { name: 'dns', port: 53, protocol: 'UDP' },
  ];
  expect(faults(match.key('dns', { protocol: 'UDP' }), ports)).toEqual([]);
  expect(faults(match.key({ port: 53, protocol: 'UDP' }), ports)).toEqual([]);
  expect(faults(match.key('http', { port: 8080 }), ports)).toEqual(['[0].port: 8080']);
  expect(faults(match.key('grpc'), ports)).toEqual([
    ': an item with { name: "grpc" }, and there is "http", "dns"',
  ]);
});

test('match.pattern looks into texts alone, and each time from the start', () => {
  const pattern = match.pattern(/:\d/g);
  expect([faults(pattern, 'api:1'), faults(pattern, 'api:1')]).toEqual([[], []]);
  expect(faults(match.pattern('^api'), 'web')).toEqual([': text that matches /^api/']);
  expect(faults(match.pattern(/1/), 1)).toHaveLength(1);
});

test('match.quantity compares sizes, not spellings', () => {
  expect(faults(match.quantity('500m'), 0.5)).toEqual([]);
  expect(faults(match.quantity('1Gi'), '1024Mi')).toEqual([]);
  expect(faults(match.quantity('1Gi'), '1G')).toEqual([': a quantity equal to 1Gi']);
  expect(messageOf(() => match.quantity('1 GB'))).toContain('"1 GB" is not a quantity');
});

describe('match.capture', () => {
  test('keeps what stands in its place once all the rest is met', () => {
    const capture = match.capture<number>();
    faults({ a: capture, b: 1 }, { a: 5, b: 2 });
    expect(messageOf(() => capture.value)).toContain('the capture has no value');
    faults({ a: capture, b: 1 }, { a: 6, b: 1 });
    faults({ a: capture, b: 1 }, { a: 7, b: 1 });
    expect([capture.value, capture.values]).toEqual([7, [6, 7]]);
  });

  test('may ask for more than anything', () => {
    const capture = match.capture(match.pattern(/^a/));
    expect(faults([capture], ['b'])).toEqual(['[0]: text that matches /^a/']);
  });
});

describe('a pattern that cannot be meant is refused:', () => {
  const circle: { self?: unknown } = {};
  circle.self = [circle];
  test.each<[string, unknown, string]>([
    ['a regular expression', { a: [/x/] }, 'a[0]: /x/ is a regular expression'],
    ['a function', { a: match.any }, 'a: any is a function'],
    ['undefined', { a: undefined }, 'a: the pattern is undefined here'],
    ['an instance of a class', { a: new Date(0) }, 'a: an instance of Date is no plain value'],
    ['a circle', circle, 'self[0]: the pattern contains itself'],
    ['any of these within a matcher', match.not({ a: /x/ }), 'a: /x/ is a regular expression'],
  ])('%s', (_, pattern, message) => {
    expect(messageOf(() => faults(pattern, {}))).toContain(message);
  });
});
