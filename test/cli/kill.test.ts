import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { emptyFolder, filesIn, leftoversOf, put, remove } from '../output/outputs';
import { randomFrom } from '../output/processes';
import { packageFolder } from './support/package';
import { childrenOf, survivors } from './support/processes';

/** CI asks for more (`npm run test:long`); each takes about a second of one core. */
const KILLS = Number(process.env['SEAWORTHY_CLI_KILLS'] ?? 2);
const LANES = 2;
const CHARTS = 60;

/** How long processes may take to end after the command line has. */
const PATIENCE = 2000;

/** An app that hands over version A or B of its charts, with Secrets, and may hang before or after, with processes of its own. */
const APP = `
  const { spawn } = require('node:child_process');
  const letter = process.env.VERSION;
  const charts = Array.from({ length: ${CHARTS} }, (_, i) => i % 3 === 0 ? 'same-' + i : i % 3 === 1 ? 'chart-' + i : 'only-' + letter + '-' + i);
  const manifests = charts.map((chart) => ({
    origin: { chart },
    object: { apiVersion: 'v1', kind: 'Secret', metadata: { name: chart, namespace: 'shop' },
      stringData: { password: chart.startsWith('same') ? 'hunter2' : 'of ' + letter } },
  }));
  const { HANG = '' } = process.env;
  const hang = () => {
    spawn('sleep', ['60'], { stdio: 'ignore' });
    spawn('sh', ['-c', 'sleep 61; true'], { stdio: 'inherit' });
    spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    if (HANG.includes('loop')) for (;;);
    process.on('SIGTERM', () => {});
    setInterval(() => {}, 1000);
  };
  if (HANG.startsWith('first')) hang();
  globalThis[Symbol.for('seaworthy.host')].receive({ outdir: process.env.CDK8S_OUTDIR, clusters: {}, manifests });
  if (HANG.startsWith('last')) hang();
`;

const APPS = [
  'node main.js',
  'FORCE=1 node main.js',
  'node main.js && true',
  'sh app.sh',
  'exec node main.js',
];
const HANGS = ['', '', '', 'first', 'first loop', 'last', 'last loop'];
const COMMANDS = [
  ['synth', '--no-check'],
  ['synth', '--no-check'],
  ['synth', '--no-check', '--watch'],
  ['synth', '--stdout', '--no-check'],
  ['check', '--output', 'json=report.json'],
  ['plan', '--out', 'plan.json'],
];
const HOW = ['SIGKILL', 'SIGKILL', 'SIGKILL', 'SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP', 'child'] as const;

const bin = join(packageFolder(), 'bin', 'seaworthy.js');

/** A project, killed again and again. */
class Lane {
  readonly project: string;
  readonly temporary: string;
  readonly dist: string;
  readonly wrong: string[] = [];
  readonly seen = new Set<string>();
  private readonly random: () => number;
  /** How long a whole run takes. */
  private span = 0;

  constructor(folder: string, random: () => number) {
    this.project = join(folder, 'project');
    this.temporary = join(folder, 'tmp');
    this.dist = join(this.project, 'dist');
    this.random = random;
    mkdirSync(this.temporary, { recursive: true });
    const config = 'app: node main.js\n';
    put(this.project, { 'cdk8s.yaml': config, 'main.js': APP, 'app.sh': 'node main.js\n' });
  }

  async run(kills: number): Promise<void> {
    await this.complete('A');
    for (let kill = 0; kill < kills; kill++) {
      const began = `${kill}: ${await this.kill(kill % 2 === 0 ? 'B' : 'A')}`;
      const note = (what: string, left: readonly string[]): void => {
        if (left.length > 0) this.wrong.push(`${began}: ${what}: ${left.join(', ')}`);
      };
      const left = await survivors(this.temporary, PATIENCE);
      note('processes', left);
      for (const process of left) killed(Number.parseInt(process, 10));
      note('output', this.torn());
      note('reports', this.tornReports());
      await this.complete(this.pick(['A', 'B']));
      note('temporary', readdirSync(this.temporary));
      note('leftovers', leftoversOf(this.dist));
      note('output of the next run', this.torn());
    }
  }

  /** Starts a run, kills it at some moment, and waits for its end. @returns what was done */
  private async kill(version: string): Promise<string> {
    const [how, hang, app] = [this.pick(HOW), this.pick(HANGS), this.pick(APPS)];
    const argv = [...this.pick(COMMANDS), '--app', app, '--timeout', '30'];
    const child = spawn(process.execPath, [bin, ...argv], {
      cwd: this.project,
      env: this.env(version, hang),
      stdio: 'ignore',
    });
    const ended = once(child, 'exit');
    // Most of what can go wrong goes wrong near the end of a run.
    const moment = this.span * 1.2 * Math.sqrt(this.random());
    await delay(moment);
    if (how === 'child') {
      for (const pid of childrenOf(child.pid ?? 0).slice(this.random() < 0.5 ? 0 : 1, 2)) killed(pid);
      await delay(100);
      child.kill('SIGTERM');
    } else child.kill(how);
    const late = delay(4000, 'late', { ref: false });
    const isLate = (await Promise.race([ended, late])) === 'late';
    if (isLate) child.kill('SIGKILL');
    const what = `${how} of ${argv.slice(0, -2).join(' ')} (${hang}) after ${moment.toFixed(0)} ms`;
    if (isLate) this.wrong.push(`${what}: did not end`);
    return what;
  }

  /** The next run, which is not killed. */
  private async complete(version: string): Promise<void> {
    const began = performance.now();
    const child = spawn(process.execPath, [bin, 'synth', '--no-check'], {
      cwd: this.project,
      env: this.env(version, ''),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()));
    const [status] = (await once(child, 'close')) as [number];
    this.span = performance.now() - began;
    if (status !== 0) this.wrong.push(`the next run: ${status} ${said}`);
  }

  /** What is wrong with the output: nothing if it is wholly one version, or absent with the old one aside. */
  private torn(): string[] {
    const aside = leftoversOf(this.dist).filter((name) => name.endsWith('-old'));
    if (!existsSync(this.dist)) this.seen.add('absent');
    const folders = existsSync(this.dist) ? [this.dist] : aside.map((name) => join(dirname(this.dist), name));
    if (folders.length === 0) return ['no output'];
    return folders.flatMap((folder) => {
      const files = filesIn(folder);
      const letter = 'only-A-2.yaml' in files ? 'A' : 'B';
      this.seen.add(letter);
      const expected = Array.from({ length: CHARTS }, (_, i) =>
        [`same-${i}`, `chart-${i}`, `only-${letter}-${i}`].at(i % 3),
      );
      const wrong = expected.filter((name) => {
        const text = files[`${name}.yaml`];
        return !text?.includes(name?.startsWith('same') === true ? 'hunter2' : `of ${letter}`);
      });
      return Object.keys(files).length === CHARTS ? wrong.map(String) : ['a mixture'];
    });
  }

  private tornReports(): string[] {
    return ['report.json', 'plan.json'].filter((name) => {
      const text = filesIn(this.project)[name];
      return text !== undefined && !text.endsWith('}\n');
    });
  }

  private env(version: string, hang: string): NodeJS.ProcessEnv {
    return { PATH: process.env['PATH'], TMPDIR: this.temporary, VERSION: version, HANG: hang };
  }

  private pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.random() * from.length)] as T;
  }
}

function killed(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

// Only Linux shows the environment of processes, by which they are found.
const onLinux = process.platform === 'linux' ? describe : describe.skip;

onLinux(`a command line that is killed at ${KILLS} random moments`, () => {
  const seed = Number(process.env['SEAWORTHY_KILL_SEED'] ?? randomInt(2 ** 31));
  const folder = emptyFolder();
  afterAll(() => remove(folder));

  it(
    'leaves a whole output, no process and no folder',
    async () => {
      process.stderr.write(`kills of the command line: seed ${seed}\n`);
      const lanes = Array.from(
        { length: LANES },
        (_, index) => new Lane(join(folder, String(index)), randomFrom(seed + index)),
      );
      await Promise.all(lanes.map((lane) => lane.run(Math.ceil(KILLS / LANES))));
      expect(lanes.flatMap(({ wrong }) => wrong)).toEqual([]);
      // Some runs were killed before they wrote, some after: many leave both versions.
      const versions = KILLS < 40 ? [] : ['A', 'B'];
      for (const lane of lanes) expect([...lane.seen]).toEqual(expect.arrayContaining(versions));
    },
    60_000 + KILLS * 4000,
  );
});
