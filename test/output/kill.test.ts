import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { recoverOutput, writeOutput } from '../../lib/output/write';
import { asFiles, emptyFolder, filesIn, leftoversOf, put, remove } from './outputs';
import { compileWriter, randomFrom, scriptIn, start, type Started } from './processes';

/** Each kill costs the start of a process. `npm run test:long` asks for 200. */
const KILLS = Number(process.env['SEAWORTHY_KILLS'] ?? 6);
/** What a kill can leave behind. Few kills may miss one of them: there are more then, up to this many. */
const STATES = ['A', 'B', 'interrupted'];
const MOST_KILLS = 10 * KILLS + 100;
const TIMEOUT = 120_000;
const LANES = 2;
const FILES = 200;

/** Two outputs: some files are equal in both, some differ, some are in one alone. */
function version(letter: 'A' | 'B'): Record<string, string> {
  const files: Record<string, string> = {};
  for (let index = 0; index < FILES; index++) {
    const name = `app/env-${index % 5}/chart-${index}`;
    if (index % 4 === 0) files[`${name}.yaml`] = `chart ${index}, the same\n`;
    else if (index % 4 === 1) files[`${name}-${letter}.yaml`] = `only in ${letter}\n`;
    else files[`${name}.yaml`] = `chart ${index} of ${letter}\n`.repeat(20);
  }
  return files;
}

const versions = { A: version('A'), B: version('B') };
const foreign = { 'README.md': 'mine', 'app/env-0/notes': 'mine' };

let top: string;

beforeAll(() => {
  top = emptyFolder();
  compileWriter(top);
});

afterAll(() => remove(top));

/** Whether `folder` is wholly one version, beside the foreign files; if not, what is wrong with it. */
function wholeness(folder: string): string {
  const found = filesIn(folder);
  const letter = found['app/env-2/chart-2.yaml']?.includes('of A') === true ? 'A' : 'B';
  const expected: Record<string, string> = { ...versions[letter], ...foreign };
  const names = new Set([...Object.keys(found), ...Object.keys(expected)]);
  const wrong = [...names].filter((name) => found[name] !== expected[name]);
  return wrong.length === 0 ? letter : `a mixture: ${letter} but for ${wrong.slice(0, 5).join(', ')}`;
}

describe('a run that is killed', () => {
  interface Tally {
    kills: number;
    readonly seen: Map<string, number>;
    readonly wrong: string[];
  }

  /** Looks at the output as the killed run left it, then as the next run finds it. */
  function inspect(output: string, { seen, wrong }: Tally): string {
    const left = leftoversOf(output);
    const isThere = fs.existsSync(output);
    const aside = left
      .filter((name) => name.endsWith('-old'))
      .map((name) => path.join(path.dirname(output), name));
    const before = isThere ? wholeness(output) : aside.map(wholeness).join();
    recoverOutput(output);
    const after = wholeness(output);
    const isWhole = (state: string): boolean => state === 'A' || state === 'B';
    if (!isWhole(before) || before !== after || leftoversOf(output).length > 0)
      wrong.push(`${before}, then ${after}`);
    for (const what of [after, ...(isThere ? [] : ['absent']), ...(left.length > 0 ? ['interrupted'] : [])]) {
      seen.set(what, (seen.get(what) ?? 0) + 1);
    }
    return after;
  }

  /** Kills writers to `output` one after the other; the next one is starting up while one is at work. */
  async function lane(script: string, output: string, random: () => number, tally: Tally): Promise<void> {
    put(output, foreign);
    const began = performance.now();
    writeOutput(output, asFiles(versions.A));
    let span = 2 * (performance.now() - began);
    let hasChanged = false;
    let next: Promise<Started> = start(script, output);
    let now = 'A';
    const isMissing = (state: string): boolean => !tally.seen.has(state);
    while (tally.kills < KILLS || (tally.kills < MOST_KILLS && STATES.some(isMissing))) {
      tally.kills++;
      const { child, ended } = await next;
      // The child takes the parity of the letter for the version to begin with.
      child.stdin?.write(now === 'A' ? 'B' : 'A');
      next = start(script, output);
      await delay(random() * span);
      child.kill('SIGKILL');
      await ended;
      const before = now;
      now = inspect(output, tally);
      // On a busy machine a run takes longer than the first one.
      hasChanged ||= now !== before;
      if (!hasChanged) span *= 2;
    }
    const { child, ended } = await next;
    child.kill('SIGKILL');
    await ended;
  }

  test(
    `at one of ${KILLS} random moments or more leaves a whole output, or none and the old one aside`,
    async () => {
      const seed = randomInt(2 ** 31);
      process.stderr.write(`kill test: seed ${seed}\n`);
      const script = scriptIn(
        top,
        'alternate.js',
        `const versions = ${JSON.stringify([versions.B, versions.A])}.map((files) => new Map(Object.entries(files)));
       say('ready');
       const letter = Buffer.alloc(1);
       require('node:fs').readSync(0, letter);
       for (let turn = letter[0]; ; turn++) writeOutput(args[0], versions[turn % 2]);`,
      );
      const tally: Tally = { kills: 0, seen: new Map(), wrong: [] };
      const lanes = Array.from({ length: LANES }, (_, index) =>
        lane(script, path.join(top, `dist-${index}`), randomFrom(seed + index), tally),
      );
      await Promise.all(lanes);
      process.stderr.write(`kill test: ${JSON.stringify(Object.fromEntries(tally.seen))}\n`);
      expect(tally.wrong).toEqual([]);
      expect((tally.seen.get('A') ?? 0) + (tally.seen.get('B') ?? 0)).toBe(tally.kills);
      // The kills did hit runs at work, and in both versions.
      expect([...tally.seen.keys()]).toEqual(expect.arrayContaining(STATES));
    },
    TIMEOUT,
  );
});

test('two runs at once for two environments leave the whole of both', async () => {
  const output = path.join(top, 'shared');
  const script = scriptIn(
    top,
    'environment.js',
    `const [output, name] = args;
     say('ready');
     require('node:fs').readSync(0, Buffer.alloc(3));
     for (let turn = 1; turn <= 30; turn++) {
       const files = new Map(Array.from({ length: 20 }, (_, index) => [name + '/' + index + '.yaml', name + ' ' + turn]));
       writeOutput(output, files, { owns: (file) => file.startsWith(name + '/') });
     }`,
  );
  const started = await Promise.all(['staging', 'production'].map((name) => start(script, output, name)));
  for (const { child } of started) child.stdin?.write('go\n');
  const codes = await Promise.all(started.map(({ ended }) => ended));
  expect(codes).toEqual([
    [0, null],
    [0, null],
  ]);
  const expected = ['production', 'staging'].flatMap((name) =>
    Array.from({ length: 20 }, (_, index) => [`${name}/${index}.yaml`, `${name} 30`]),
  );
  expect(filesIn(output)).toEqual(Object.fromEntries(expected));
  expect(leftoversOf(output)).toEqual([]);
});

test('a file system that takes only a part of a file leaves the earlier output', () => {
  const output = path.join(top, 'limited');
  writeOutput(output, asFiles({ 'a.yaml': 'before', 'b.yaml': 'before' }));
  const script = scriptIn(
    top,
    'large.js',
    `try { writeOutput(args[0], new Map([['a.yaml', 'after'], ['b.yaml', 'after'.repeat(100000)]])); }
     catch (error) { say(error.message); process.exitCode = 2; }`,
  );
  const { status, stdout } = spawnSync(
    'sh',
    ['-c', 'ulimit -f 64; exec "$0" "$@"', process.execPath, script, output],
    { encoding: 'utf8' },
  );
  expect([status, stdout]).toEqual([
    2,
    expect.stringMatching(/limited\/b\.yaml: .*EFBIG.*OUTPUT_UNWRITABLE/),
  ]);
  expect(filesIn(output)).toEqual({ 'a.yaml': 'before', 'b.yaml': 'before' });
  expect(leftoversOf(output)).toEqual([]);
});
