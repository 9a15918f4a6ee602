import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { emptyFolder, median, ROOT, seconds, sized } from '../measure';
import { bench } from './goal';

const CHARTS = sized(1_000);

/** Milliseconds for the last writes of a run to be noticed, before the next change. */
const REST = 1_000;

/** How long after a change `synth --watch` shows what is wrong with it. */
export const watch = bench({
  name: 'watch',
  goals: {
    finding: {
      what: '`seaworthy synth --watch` of 1,000 charts, from a change of one to its finding',
      unit: 'seconds',
      limit: 0.3,
    },
  },
  measure: async (rounds) => {
    const project = emptyFolder('watch');
    const settings = join(project, 'settings.json');
    const write = (value: unknown): void => writeFileSync(settings, JSON.stringify({ KEY: value }));
    write('text');
    const app = `node ${join(ROOT, 'bench', 'subjects', 'charts.js')} ${CHARTS}`;
    writeFileSync(join(project, 'cdk8s.yaml'), `app: ${app}\noutput: dist\n`);
    const args = [join(ROOT, 'bin', 'seaworthy.js'), 'synth', '--watch'];
    const child = spawn(process.execPath, args, { cwd: project, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    const until = async (words: RegExp): Promise<void> => {
      while (!words.test(said)) await once(child.stderr, 'data');
      said = '';
    };
    try {
      const times: number[] = [];
      await until(/objects/);
      for (let round = 0; round < rounds + 1; round++) {
        await delay(REST);
        const start = performance.now();
        write(round);
        await until(/Nothing was written/);
        times.push(performance.now() - start);
        await delay(REST);
        write(`text ${round}`);
        await until(/objects/);
      }
      // The first round compiles.
      const counted = times.slice(1);
      return { finding: { clock: median(counted) / 1000, detail: counted.map(seconds).join(', ') } };
    } finally {
      child.kill();
    }
  },
});
