import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, watch } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ManifestSet } from '../../lib/manifest/set';
import type { Manifest } from '../../lib/manifest/manifest';
import { recoverOutput } from '../../lib/output/write';
import { emptyFolder, filesIn, leftoversOf, remove } from '../output/outputs';
import { randomFrom } from '../output/processes';
import { projectAt, startSynthIn, synthIn } from './process';

const KILLS = Number(process.env['SEAWORTHY_CLI_KILLS'] ?? 10);
const CHARTS = 60;

let top: string;

beforeAll(() => void (top = emptyFolder()));
afterAll(() => remove(top));

/** Two versions of an app: some charts are equal in both, some differ, some are in one alone. */
function version(letter: string): Manifest[] {
  return ['staging', 'production'].flatMap((environment) =>
    Array.from({ length: CHARTS }, (_, index) => {
      const chart = `${['same', 'chart', `only-${letter}`][index % 3] ?? ''}-${index}`;
      const data = { a: index % 3 === 0 ? 'same' : letter };
      const metadata = { name: chart, namespace: 'shop' };
      const [manifest] = ManifestSet.of([{ apiVersion: 'v1', kind: 'ConfigMap', metadata, data }]).manifests;
      if (manifest === undefined) throw new Error('no manifest');
      return { ...manifest, origin: { environment, chart } };
    }),
  );
}

/** When a run that goes to its end begins to write, and when it has written all, in milliseconds since it began. */
interface Course {
  readonly writes: number;
  readonly written: number;
}

/** Runs to the end, and notes when the folder of the project changed. */
async function course(project: string): Promise<Course> {
  const began = performance.now();
  const ended = once(startSynthIn(project), 'exit');
  const changes: number[] = [];
  const watcher = watch(project, () => changes.push(performance.now() - began));
  await ended;
  watcher.close();
  const [writes, written] = [changes[0], changes.at(-1)];
  if (writes === undefined || written === undefined) throw new Error('the run wrote nothing');
  return { writes, written };
}

/** Kills a run at a moment of its work: after `share` of the time until all is written, or of the time that the writing takes. */
async function killOne(
  project: string,
  { writes, written }: Course,
  share: number,
  isWriting: boolean,
): Promise<void> {
  const child = startSynthIn(project);
  const ended = once(child, 'exit');
  if (isWriting) {
    const watcher = watch(project);
    await Promise.race([once(watcher, 'change'), ended]);
    watcher.close();
    await delay(share * (written - writes));
  } else await delay(share * written);
  child.kill('SIGKILL');
  await ended;
}

it(
  `leaves the whole output of all targets, the old one or the new one, when it is killed at one of ${KILLS} moments`,
  async () => {
    const seed = randomInt(2 ** 31);
    process.stderr.write(`kill test of targets: seed ${seed}\n`);
    const random = randomFrom(seed);
    const expected = ['A', 'B'].map((letter) => {
      const project = join(top, letter);
      projectAt(project, version(letter));
      synthIn(project);
      return JSON.stringify(filesIn(join(project, 'dist')));
    });
    const project = join(top, 'killed');
    const dist = join(project, 'dist');
    projectAt(project, version('A'));
    const whole = await course(project);
    const stateOf = (folder: string): number => expected.indexOf(JSON.stringify(filesIn(folder)));
    const seen = { interrupted: 0, absent: 0, old: 0, new: 0 };
    let now = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      projectAt(project, version(now === 0 ? 'B' : 'A'));
      await killOne(project, whole, random(), kill % 4 !== 0);
      const left = leftoversOf(dist);
      if (left.length > 0) seen.interrupted++;
      if (!existsSync(dist)) seen.absent++;
      const aside = left.filter((name) => name.endsWith('-old')).map((name) => join(dirname(dist), name));
      const before = existsSync(dist) ? stateOf(dist) : aside.map(stateOf)[0];
      recoverOutput(dist);
      const after = stateOf(dist);
      expect([before, after, leftoversOf(dist)]).toEqual([after, expect.any(Number), []]);
      expect(after).toBeGreaterThanOrEqual(0);
      seen[after === now ? 'old' : 'new']++;
      now = after;
    }
    process.stderr.write(`kill test of targets: ${JSON.stringify(seen)}\n`);
    // The kills did hit runs at work.
    expect(seen.interrupted).toBeGreaterThan(0);
  },
  60_000 + KILLS * 10_000,
);
