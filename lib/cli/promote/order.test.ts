import { SeaworthyError } from '../../errors';
import { readPins } from '../../pins/read';
import type { PinRead } from '../../pins/pins';
import { checkPins } from '../run/pins';
import type { Result } from '../run/results';
import { movesBetween } from './moves';
import { wayBetween } from './order';

const ORDER = ['staging', 'production', 'production-eu'];
const results: readonly Result[] = [
  { clusters: Object.fromEntries(ORDER.map((name) => [name, {}])), manifests: [] },
];

const read = (environment: string, name: string, stays?: true): PinRead => ({
  environment,
  name,
  value: 'old',
  fallback: 'old',
  ...(stays && { stays }),
});

/** The message and hint of what `run` throws. */
function refusal(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof SeaworthyError) return error.message;
    throw error;
  }
  return '';
}

describe('the way from one environment to another', () => {
  it('names those that are passed over', () => {
    expect(wayBetween(['staging', 'production-eu'], results, {}, false).skipped).toEqual(['production']);
    expect(wayBetween(['staging', 'production'], results, {}, false).skipped).toEqual([]);
  });

  it('follows the order of the project, if it has one', () => {
    const project = { environments: ['production', 'staging'] };
    expect(wayBetween(['production', 'staging'], results, project, false).from).toBe('production');
  });

  it.each([
    [['production', 'staging'], {}, 'production comes after staging'],
    [['stagin', 'production'], {}, 'Did you mean staging?'],
    [['staging', 'staging'], {}, 'cannot be promoted to itself'],
    [
      ['staging', 'production-eu'],
      { environments: ['staging'] },
      'has no place in environments of cdk8s.yaml',
    ],
  ] as const)('%j is refused', ([from, to], project, message) => {
    expect(refusal(() => wayBetween([from, to], results, project, false))).toContain(message);
  });

  it('may lead backwards where that is meant', () => {
    expect(wayBetween(['production', 'staging'], results, {}, true).skipped).toEqual([]);
  });
});

describe('what is moved', () => {
  const sections = readPins(
    'staging: { a: new, b: new, c: old, d: new }\nproduction: { a: old }',
    'pins.yaml',
  );
  const reads = [read('production', 'a'), read('production', 'b', true), read('production', 'c')];
  const way = { from: 'staging', to: 'production', skipped: [] };

  it('is what the app reads there, does not keep, and has not yet', () => {
    expect(movesBetween(way, sections, reads, [])).toEqual({
      moved: [{ name: 'a', before: 'old', after: 'new', isNew: false }],
      left: [
        { name: 'b', reason: 'stays' },
        { name: 'c', reason: 'same' },
        { name: 'd', reason: 'unread' },
      ],
    });
  });

  it.each([
    ['x', 'staging has no pin "x"'],
    ['b', 'the app keeps pin "b" by environment'],
    ['d', 'nothing in production reads pin "d"'],
  ])('is not %s, though it was chosen', (name, message) => {
    expect(refusal(() => movesBetween(way, sections, reads, [name]))).toContain(message);
  });
});

describe('pins that no app reads', () => {
  const withReads: readonly Result[] = results.map((result) => ({
    ...result,
    pins: { file: '/none/pins.yaml', reads: [read('staging', 'api.image')] },
  }));

  it.each([
    ['staging: { api.imag: x }', 'Did you mean api.image?'],
    ['production: { api.image: x }', 'Only staging reads it.'],
    ['staging: { db: x }', 'Remove the line'],
    ['stagin: { }', 'Did you mean staging?'],
    ['canary: { }', 'There are staging, production, production-eu.'],
  ])('are refused: %s', (text, message) => {
    expect(refusal(() => checkPins(withReads, { text }))).toContain(message);
  });

  it('may belong to an environment that only the project names', () => {
    expect(refusal(() => checkPins(withReads, { text: 'canary: { x: 1 }', environments: ['canary'] }))).toBe(
      '',
    );
  });

  it('are no matter where no app reads any', () => {
    expect(refusal(() => checkPins(results, { text: 'canary: { x: 1 }' }))).toBe('');
  });
});
