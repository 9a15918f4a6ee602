/** Targets with one fault each, for the test of the fuzz. */
import { frozen } from '../../scripts/hostile/invariants';
import type { Target } from '../../scripts/hostile/target';
import type { PlainRecord } from '../../lib/manifest/data';

function target(
  name: string,
  run: (input: PlainRecord) => unknown,
  make: Target['make'] = () => ({ a: {} }),
): Target {
  return {
    name,
    weight: 1,
    shrinks: ['text'],
    make,
    run(input) {
      run(input);
      return 'fine';
    },
  };
}

/**
 * Keeps this thread busy until the clock and the processor have both counted that long: a trial took the lesser of the
 * two, and other threads count for the processor, so that it may run ahead of the clock.
 */
function work(milliseconds: number): void {
  const [start, before] = [performance.now(), process.cpuUsage()];
  while (performance.now() - start < milliseconds || process.cpuUsage(before).user < milliseconds * 1000);
}

let works = 1;
let index = 0;

export const PLANTED: readonly Target[] = [
  target(
    'crash',
    ({ text }) => {
      if (typeof text === 'string' && text.includes('bug')) throw new TypeError('planted');
    },
    (random) => ({
      text: `${'x'.repeat(random.below(50))}${random.pick(['bug', 'no', ''])}${'y'.repeat(random.below(50))}`,
    }),
  ),
  target('slow', () => work(30)),
  target('slow-once', () => work(works-- > 0 ? 30 : 0)),
  target('mutation', (input) => Object.assign(frozen(input)['a'] as object, frozen({ b: 1 }))),
  target('pollution', () => Object.assign(Object.prototype, { polluted: true })),
  // The second input of a thread never ends; what runs behind it is in another thread.
  target('endless', () => {
    if (index++ > 0) for (;;);
  }),
];

/** As the module of the real targets calls them. */
export const TARGETS = PLANTED;
