/**
 * What it costs to remember the line of code that made each construct:
 *
 *   npx jiti bench/provenance.ts [rounds]
 *
 * The same WebServices (9,000 objects) in our App, which traces them, and in cdk8s's own App, which does not; both are
 * rendered by `synth(app)` in memory, so that the rest of the work is the same.
 */
import type { Report } from './measure';
import { cpuOf, interleave, median, printTable, printTitle, ratio } from './measure';
import { requireBuild, rounds, runSubject, seconds, sized, wallOf } from './measure';

const OBJECTS = 3 * sized(3000);

type Steps = Report<'construct' | 'synth'>;

requireBuild();
const ROUNDS = rounds(15);

for (const subject of ['WebServices', 'ApiObjects'] as const) {
  const run = (mode: string) => (): Steps => runSubject('traced.js', subject, OBJECTS, mode);
  const { traced, untraced } = interleave(ROUNDS, { traced: run('traced'), untraced: run('untraced') });
  const sum = (pick: typeof wallOf, runs: readonly Steps[]): number[] => {
    const construct = pick(runs.map((steps) => steps.construct));
    return pick(runs.map((steps) => steps.synth)).map((time, round) => time + (construct[round] ?? NaN));
  };
  printTitle(`${OBJECTS} objects: ${subject}, made and rendered in memory`, ROUNDS);
  printTable(
    ['', 'constructs', 'synth', 'both', 'CPU'],
    Object.entries({ 'our App, traced': traced, "cdk8s's App, untraced": untraced }).map(([name, runs]) => [
      name,
      seconds(median(wallOf(runs.map((steps) => steps.construct)))),
      seconds(median(wallOf(runs.map((steps) => steps.synth)))),
      seconds(median(sum(wallOf, runs))),
      seconds(median(sum(cpuOf, runs))),
    ]),
  );
  const share = (pick: typeof wallOf): string =>
    percent(1 - 1 / ratio(sum(pick, traced), sum(pick, untraced)));
  console.log(`tracing is ${share(wallOf)} of the whole, by CPU ${share(cpuOf)}`);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
