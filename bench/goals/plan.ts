import { join } from 'node:path';
import { changedCopies, copies, writeCopies } from '../copies';
import { emptyFolder, interleave, ROOT, sized, subject, timeProcess, type Cost } from '../measure';
import { bench } from './goal';
import { against } from './ratio';

/** Plan beside a process that reads both folders and does nothing else. */
export const plan = bench({
  name: 'plan',
  goals: {
    plan: {
      what: '`seaworthy plan` of 10,000 objects of which 100 have changed, against reading both folders',
      unit: 'times',
      limit: 1.5,
    },
  },
  measure: (rounds) => {
    const apps = copies(sized(10_000));
    const [before, after] = [emptyFolder('goals/before'), emptyFolder('goals/after')];
    writeCopies(before, apps);
    writeCopies(after, changedCopies(apps, sized(100)));
    const args = [join(ROOT, 'bin', 'seaworthy.js'), 'plan', before, after];
    const costs = interleave<'read' | 'plan', Cost>(rounds, {
      read: () => timeProcess(subject('parse.js', before, after)),
      plan: () => timeProcess({ program: process.execPath, args }),
    });
    return { plan: against(costs.plan, costs.read) };
  },
});
