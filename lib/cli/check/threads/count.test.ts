import { availableParallelism } from 'node:os';
import { threadsFor } from './count';

describe('the number of threads', () => {
  it('is one for few objects, and for so many that all of them twice would take much memory', () => {
    expect(threadsFor(10_000, {})).toBe(1);
    expect(threadsFor(100_000_000, {})).toBe(1);
    expect(threadsFor(10_000_000, {})).toBe(Math.min(2, availableParallelism()));
  });

  it('is what SEAWORTHY_THREADS says, unless that is empty', () => {
    expect(threadsFor(10, { SEAWORTHY_THREADS: '3' })).toBe(3);
    expect(threadsFor(10_000_000, { SEAWORTHY_THREADS: '1' })).toBe(1);
    expect(threadsFor(10, { SEAWORTHY_THREADS: '' })).toBe(1);
  });

  it.each(['0', '9', '2.5', '-1', 'two', '0x2', ' '])('cannot be "%s"', (text) => {
    expect(() => threadsFor(10, { SEAWORTHY_THREADS: text })).toThrow(
      `SEAWORTHY_THREADS: expected a whole number from 1 to 8, not "${text}" [USAGE]`,
    );
  });
});
