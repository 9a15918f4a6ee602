import { join } from 'node:path';
import { attempt, trialOf } from '../../scripts/hostile/attempt';
import { runBatch } from '../../scripts/hostile/batch';
import { frozen } from '../../scripts/hostile/invariants';
import { runLane } from '../../scripts/hostile/lane';
import { faultInXml, printed } from '../../scripts/hostile/printed';
import { described } from '../../scripts/hostile/summary';
import type { Target } from '../../scripts/hostile/target';
import type { Count, Fault } from '../../scripts/hostile/tally';
import { TARGETS } from '../../scripts/hostile/targets/registry';
import { PLANTED } from './hostile-planted';

const SEED = 20261126;

/** The faults that a run over the inputs of `targets` finds, and how many inputs each target had. */
async function run(
  targets: readonly Target[],
  until: number,
): Promise<{ faults: Fault[]; inputs: Map<string, number> }> {
  const faults: Fault[] = [];
  let last = new Map<string, Count>();
  await runBatch(
    { targets, seed: SEED, from: 0, step: 1, until },
    { next: () => true, fault: (fault) => faults.push(fault), counted: (counts) => (last = counts) },
  );
  return { faults, inputs: new Map([...last].map(([name, { inputs }]) => [name, inputs])) };
}

const named = (...names: string[]): Target[] => TARGETS.filter(({ name }) => names.includes(name));
const planted = (name: string): Target => {
  const found = PLANTED.find((target) => target.name === name);
  if (found === undefined) throw new Error(`There is no target ${name}.`);
  return found;
};

describe('a small run', () => {
  test.each([
    ['reader', 800],
    ['admit', 800],
    ['check', 150],
    ['plan', 150],
    ['report', 40],
  ])('of %s finds nothing', async (name, count) => {
    const { faults, inputs } = await run(named(name), count);
    expect(faults.map((fault) => described(fault, SEED, ''))).toEqual([]);
    expect(inputs.get(name)).toBe(count);
  });
});

test('seed and index say all about an input', () => {
  for (const index of [0, 7, 4711, 1_000_000]) {
    const [one, other] = [trialOf(TARGETS, SEED, index), trialOf(TARGETS, SEED, index)];
    expect(one).toEqual(other);
    expect(trialOf(TARGETS, SEED + 1, index).input).not.toEqual(one.input);
  }
});

test('every target has its turn', () => {
  const names = Array.from({ length: 2000 }, (_, index) => trialOf(TARGETS, SEED, index).target.name);
  expect(new Set(names)).toEqual(new Set(['reader', 'admit', 'check', 'plan', 'report', 'cli']));
});

describe('what is planted is found', () => {
  test('a crash, once, with the smallest input that still crashes', async () => {
    const { faults } = await run([planted('crash')], 200);
    const [first, ...more] = faults;
    expect(first).toMatchObject({ kind: 'crash', target: 'crash', input: { text: 'bug' } });
    expect(first?.message).toBe('TypeError: planted');
    expect(more.length).toBeGreaterThan(0);
    expect(more.every(({ input }) => input === undefined)).toBe(true);
    expect(described(first as Fault, 1, '')).toContain(`--replay 1:${first?.index}`);
  });

  test('an input that takes too long, unless it does so only once', async () => {
    const slow = await attempt(trialOf([planted('slow')], SEED, 0), 20);
    expect(slow.failure?.kind).toBe('slow');
    const once = await attempt(trialOf([planted('slow-once')], SEED, 0), 20);
    expect(once.failure).toBeUndefined();
  });

  test('a change of the input', async () => {
    const { failure } = await attempt(trialOf([planted('mutation')], SEED, 0));
    expect(failure?.message).toContain('not extensible');
  });

  test('a property of all objects', async () => {
    try {
      const { failure } = await attempt(trialOf([planted('pollution')], SEED, 0));
      expect(failure?.cause).toBe('prototypes stay as they are');
    } finally {
      delete (Object.prototype as { polluted?: unknown }).polluted;
    }
  });

  test('an input that never ends, and those behind it run', async () => {
    const faults: Fault[] = [];
    let inputs = 0;
    const registry = join(__dirname, 'hostile-planted.ts');
    await runLane(
      { names: ['endless'], registry, seed: SEED, from: 0, step: 1, until: 3 },
      {
        patience: 400,
        isOver: () => false,
        fault: (fault) => faults.push(fault),
        counts: (counts) => (inputs += counts['endless']?.inputs ?? 0),
      },
    );
    expect(faults).toEqual([expect.objectContaining({ kind: 'hang', index: 1 })]);
    expect(inputs).toBe(1);
  });
});

test('frozen values are frozen all the way down', () => {
  const value = frozen({ a: [{ b: 1 }] });
  expect(() => Object.assign(value.a[0] as object, { b: 2 })).toThrow('read only');
});

describe('a report', () => {
  test.each([
    ['text', 'has no control characters', 'a\u001b[2Jb\n'],
    ['text', 'has no workflow command', 'a\n::error::b\n'],
    ['text', 'ends in a line break', 'a'],
    ['markdown', 'fits a comment', `${'a'.repeat(60_001)}\n`],
    ['junit', 'is well formed', '<a>\n'],
    ['github', 'has its own commands only', '::error::a\n::stop-commands::b\n'],
    ['json', 'has a bound', 'a'.repeat(1_000_001)],
  ])('of %s %s', (format, rule, text) => {
    expect(() => printed(format, text)).toThrow(`${format} ${rule}`);
  });

  test('of JSON is JSON', () => {
    expect(() => printed('json', '{\n')).toThrow(SyntaxError);
    expect(printed('json', '{}\n')).toBe(3);
  });

  test.each([
    '<a b="<">',
    '<a>&</a>',
    '<a></b>',
    '<a>\u0001</a>',
    '<a>\ud800</a>',
    '<a>&#0;</a>',
    '<a b=c/>',
  ])('%j is no XML', (text) => {
    expect(faultInXml(text)).toEqual(expect.any(String));
  });

  test('XML is XML', () => {
    expect(faultInXml('<?xml version="1.0"?>\n<a b="&lt;&#10;">\n  <c/>💣 &amp; "\n</a>\n')).toBeUndefined();
  });
});
