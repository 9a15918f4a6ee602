import { join } from 'node:path';
import { releases } from '../../lib/kube/schema';
import { copies, writeCopies } from '../copies';
import { cpuOf, emptyFolder, median, ROOT, seconds, sized, timeProcess, wallOf } from '../measure';
import { bench } from './goal';

/** A rehearsal over every release that is known. */
export const upgrade = bench({
  name: 'upgrade',
  goals: {
    all: {
      what: `\`seaworthy upgrade\` of 1,000 objects over ${releases.length} releases`,
      unit: 'seconds',
      limit: 5,
    },
  },
  measure: (rounds) => {
    const folder = emptyFolder('goals/upgrade');
    writeCopies(folder, copies(sized(1_000)));
    const args = [join(ROOT, 'bin', 'seaworthy.js'), 'upgrade', folder, '--all'];
    // The oldest releases refuse some of them.
    const exits = [0, 1];
    const costs = Array.from({ length: rounds }, () =>
      timeProcess({ program: process.execPath, args, exits }),
    );
    return {
      all: {
        clock: median(wallOf(costs)) / 1000,
        cpu: median(cpuOf(costs)) / 1000,
        detail: wallOf(costs).map(seconds).join(', '),
      },
    };
  },
});
