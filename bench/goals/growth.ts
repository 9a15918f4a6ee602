import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { changedCopies, copies, writeCopies } from '../copies';
import { fleet } from '../fleet';
import { emptyFolder, median, ROOT, seconds, sized, slope, timeProcess, type Command } from '../measure';
import { bench, type Figure } from './goal';

const COUNTS = [1_000, 10_000, 100_000].map((count) => sized(count, 30));
const LIMIT = 1.05;

/** What one process took at one size. */
interface Run {
  /** Milliseconds of processor time. */
  readonly cpu: number;
  /** Its peak memory in MB. */
  readonly peak: number;
}

/** How synth, check and plan grow, and the memory that the largest check takes. */
export const growth = bench({
  name: 'growth',
  slow: true,
  goals: {
    synth: { what: 'growth of `seaworthy synth` from 1,000 to 100,000 objects', unit: 'power', limit: LIMIT },
    check: { what: 'growth of `seaworthy check` from 1,000 to 100,000 objects', unit: 'power', limit: LIMIT },
    plan: { what: 'growth of `seaworthy plan` from 1,000 to 100,000 objects', unit: 'power', limit: LIMIT },
    memory: { what: 'peak memory of `seaworthy check` of 100,000 objects', unit: 'megabytes', limit: 1000 },
  },
  measure: (rounds) => {
    const runs = COUNTS.map((count) => {
      const apps = copies(count);
      const folder = emptyFolder('growth');
      const [before, after] = [emptyFolder('growth/before'), emptyFolder('growth/after')];
      writeCopies(before, apps);
      writeCopies(after, changedCopies(apps, count / 100));
      const synth = fleet(3 * Math.ceil(count / 3)).synth(
        '--output',
        join(folder, 'output'),
        // The slowest machine makes the most objects in an hour.
        '--timeout',
        '3600',
      );
      return {
        synth: measured(rounds, synth),
        check: measured(rounds, seaworthy(before, 'check', '.')),
        plan: measured(rounds, seaworthy(folder, 'plan', 'before', 'after')),
      };
    });
    const figure = (name: 'synth' | 'check' | 'plan'): Figure => {
      const times = runs.map((run) => run[name].cpu);
      const cpuAt = new Map(COUNTS.map((count, index) => [count, times[index] ?? NaN]));
      return {
        clock: slope(COUNTS, (count) => cpuAt.get(count) ?? NaN),
        detail: `${times.map(seconds).join(', ')} of processor time`,
      };
    };
    const peak = runs.at(-1)?.check.peak ?? NaN;
    return {
      synth: figure('synth'),
      check: figure('check'),
      plan: figure('plan'),
      memory: { clock: peak, detail: runs.map((run) => `${Math.round(run.check.peak)} MB`).join(', ') },
    };
  },
});

function seaworthy(cwd: string, ...args: string[]): Command {
  const cache = { XDG_CACHE_HOME: emptyFolder('growth-cache') };
  return { program: process.execPath, args: [join(ROOT, 'bin', 'seaworthy.js'), ...args], cwd, env: cache };
}

function measured(rounds: number, command: Command): Run {
  const note = join(emptyFolder('growth-peak'), 'peak');
  const args = ['--require', join(ROOT, 'bench', 'subjects', 'peak.js'), ...command.args];
  const env = { ...command.env, BENCH_PEAK: note };
  const runs = Array.from({ length: rounds }, () => {
    const { cpu } = timeProcess({ ...command, args, env });
    return { cpu, peak: Number(readFileSync(note, 'utf8')) };
  });
  return { cpu: median(runs.map(({ cpu }) => cpu)), peak: median(runs.map(({ peak }) => peak)) };
}
