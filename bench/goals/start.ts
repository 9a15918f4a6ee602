import { join } from 'node:path';
import type { Command, Cost } from '../measure';
import { emptyFolder, interleave, median, ROOT, seconds, timeProcess, wallOf } from '../measure';
import { bench, type Figure } from './goal';

const LIMIT = 0.1;

/** What short commands take above Node's own start, once one has run: what is kept between runs is there. */
export const start = bench({
  name: 'start',
  goals: {
    help: { what: '`seaworthy --help`, above the start of Node', unit: 'seconds', limit: LIMIT },
    file: {
      what: '`seaworthy check` of one small file, above the start of Node',
      unit: 'seconds',
      limit: LIMIT,
    },
  },
  measure: (rounds) => {
    const cache = emptyFolder('start');
    const node = (...args: string[]): Command => ({
      program: process.execPath,
      args,
      env: { XDG_CACHE_HOME: cache },
    });
    const seaworthy = (...args: string[]): Command => node(join(ROOT, 'bin', 'seaworthy.js'), ...args);
    const help = seaworthy('--help');
    const file = seaworthy('check', join(ROOT, 'dist', 'hello', 'hello.yaml'));
    for (const command of [help, file]) timeProcess(command);
    const costs = interleave<'node' | 'help' | 'file', Cost>(rounds * 4, {
      node: () => timeProcess(node('-e', '0')),
      help: () => timeProcess(help),
      file: () => timeProcess(file),
    });
    const above = (of: readonly Cost[]): Figure => {
      const wall = median(of.map((cost, round) => cost.wall - (costs.node[round]?.wall ?? NaN)));
      const cpu = median(of.map((cost, round) => cost.cpu - (costs.node[round]?.cpu ?? NaN)));
      const detail = `${seconds(median(wallOf(of)))} with ${seconds(median(wallOf(costs.node)))} of Node`;
      return { clock: wall / 1000, cpu: cpu / 1000, detail };
    };
    return { help: above(costs.help), file: above(costs.file) };
  },
});
