/**
 * How time and memory grow with the number of objects, and whether a long chain of dependencies is borne:
 *
 *   npx jiti bench/scaling.ts [rounds]
 *
 * The objects are those of WebServices (Deployment, Service and ServiceAccount), thirty a chart, rendered and written
 * by `app.synth()`. Then check, plan and synth of the shapes in shapes/, which share one thing: `npm run test:growth` holds
 * them to a limit. The slope is that of a line through the logarithms of count and time: 1 is growth in proportion.
 */
import type { Report } from './measure';
import { cpuOf, emptyFolder, interleave, median, printTable, printTitle } from './measure';
import { requireBuild, rounds, runSubject, seconds, sized, slope, wallOf } from './measure';
import { growthOf } from './shapes/growth';
import { WORK } from './shapes/work';

const COUNTS = [900, 3_000, 9_000, 30_000, 90_000].map((count) => 3 * sized(count / 3, 30));
const CHAIN = sized(10_000);
const SHAPE_COUNTS = [1_000, 2_000, 4_000].map((count) => sized(count));

type Steps = Report<'construct' | 'synth'>;

requireBuild();
const ROUNDS = rounds(3);

const contestants = Object.fromEntries(
  COUNTS.map((count) => [
    String(count),
    (): Steps => runSubject('fleet.js', count, emptyFolder('scaling'), '--report'),
  ]),
);
const results = interleave(ROUNDS, contestants);
const of = (count: number): readonly Steps[] => results[String(count)] ?? [];
const time = (step: 'construct' | 'synth') => (count: number) =>
  median(wallOf(of(count).map((run) => run[step])));
const cpu = (step: 'construct' | 'synth') => (count: number) =>
  median(cpuOf(of(count).map((run) => run[step])));
const whole = (count: number): number => time('construct')(count) + time('synth')(count);
const wholeCpu = (count: number): number => cpu('construct')(count) + cpu('synth')(count);

printTitle('Objects of WebServices, made, rendered and written', ROUNDS);
printTable(
  ['objects', 'constructs', 'synth', 'both', 'CPU', 'per object', 'peak memory'],
  COUNTS.map((count) => [
    count.toLocaleString('en'),
    seconds(time('construct')(count)),
    seconds(time('synth')(count)),
    seconds(whole(count)),
    seconds(wholeCpu(count)),
    `${((whole(count) / count) * 1000).toFixed(0)} µs`,
    `${Math.round(median(of(count).map(({ peak }) => peak)))} MB`,
  ]),
);
console.log(
  `slope ${slope(COUNTS, whole).toFixed(2)}, by CPU ${slope(COUNTS, wholeCpu).toFixed(2)} ` +
    `(constructs ${slope(COUNTS, time('construct')).toFixed(2)}, synth ${slope(COUNTS, time('synth')).toFixed(2)})`,
);

const chain: Steps = runSubject('chain.js', CHAIN, emptyFolder('scaling'));
console.log(
  `\na chain of ${CHAIN.toLocaleString('en')} charts, each dependent on the one before: ` +
    `constructs ${seconds(chain.construct.wall)}, synth ${seconds(chain.synth.wall)}, ${Math.round(chain.peak)} MB`,
);

printTitle('check, plan and synth of what shares one thing, by CPU', 1);
printTable(
  ['shape', 'command', ...SHAPE_COUNTS.map((count) => count.toLocaleString('en')), 'slope'],
  WORK.map((work) => {
    const { seconds: times, exponent } = growthOf(work, SHAPE_COUNTS, 1);
    return [work.shape, work.command, ...times.map((time) => seconds(time * 1000)), exponent.toFixed(2)];
  }),
);
