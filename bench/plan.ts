/**
 * How long `seaworthy plan` takes for two folders of ten thousand objects of which a hundred have changed:
 *
 *   npx jiti bench/plan.ts [rounds]
 *
 * The objects are those of the apps of this repository, over and over, each copy in a file and namespaces of its own.
 * Beside it stands a process that reads one of the folders and does nothing else.
 */
import { join } from 'node:path';
import { changedCopies, copies, writeCopies } from './copies';
import { cpuOf, emptyFolder, interleave, median, printTable, printTitle, ratio, ROOT } from './measure';
import {
  requireBuild,
  rounds,
  seconds,
  sized,
  subject,
  timeProcess,
  times,
  wallOf,
  type Cost,
} from './measure';

const CHANGES = sized(100);
const SIZES = [1_000, 10_000, 20_000].map((size) => sized(size));

requireBuild();
const ROUNDS = rounds(5);

const sizes = SIZES.map((size) => {
  const [before, after] = [emptyFolder(`plan/${size}/before`), emptyFolder(`plan/${size}/after`)];
  const all = copies(size);
  writeCopies(before, all);
  writeCopies(after, changedCopies(all, CHANGES));
  const count = all.reduce((sum, objects) => sum + objects.length, 0);
  return { count, before, after };
});

printTitle(`seaworthy plan with ${CHANGES} changes, whole process`, ROUNDS);
printTable(
  ['objects on each side', 'wall', 'by CPU', 'of reading one side'],
  sizes.map(({ count, before, after }) => {
    const plan = {
      program: process.execPath,
      args: [join(ROOT, 'bin', 'seaworthy.js'), 'plan', before, after],
    };
    const costs = interleave<'plan' | 'parse', Cost>(ROUNDS, {
      plan: () => timeProcess(plan),
      parse: () => timeProcess(subject('parse.js', before)),
    });
    return [
      count.toLocaleString('en'),
      seconds(median(wallOf(costs.plan))),
      seconds(median(cpuOf(costs.plan))),
      times(ratio(cpuOf(costs.plan), cpuOf(costs.parse))),
    ];
  }),
);
