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

/** Kills a run at a moment of its work: after `share` of the time that a run takes, or, while it writes, a part of that later. */
async function killOne(project: string, span: number, share: number, isWriting: boolean): Promise<void> {
  const child = startSynthIn(project);
  const ended = once(child, 'exit');
  if (isWriting) {
    const watcher = watch(project);
    await Promise.race([once(watcher, 'change'), ended]);
    watcher.close();
    await delay(share * span * 0.3);
  } else await delay(share * span);
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
    const began = performance.now();
    synthIn(project);
    const span = performance.now() - began;
    const stateOf = (folder: string): number => expected.indexOf(JSON.stringify(filesIn(folder)));
    const seen = { interrupted: 0, absent: 0, old: 0, new: 0 };
    let now = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      projectAt(project, version(now === 0 ? 'B' : 'A'));
      await killOne(project, span, random(), kill % 4 !== 0);
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
