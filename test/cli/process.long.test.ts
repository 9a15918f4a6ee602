import { spawn, spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { appOf, filesIn, folderWith, projectOf, read, removeFolders } from './support/cli';
import { packageFolder } from './support/package';

afterAll(removeFolders);

const root = join(__dirname, '..', '..');
const bin = join(packageFolder(), 'bin', 'seaworthy.js');

function run(cwd: string, ...argv: readonly string[]): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [bin, ...argv], { cwd, encoding: 'utf8' });
}

describe('the seaworthy process', () => {
  it('exits 0 and prints the version', () => {
    expect(run('/', '--version')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string,
    });
  });

  it('exits 2 on a mistake', () => {
    expect(run('/', 'synth', '--nope')).toMatchObject({ status: 2, stdout: '' });
  });

  it('writes what the app synthesizes', () => {
    const project = projectOf(appOf(['-/web/a']));
    expect(run(project, 'synth')).toMatchObject({ status: 0, stdout: '' });
    expect(read(project, 'dist/web.yaml')).toContain('name: a');
  });

  it('says that the folder it is run in was deleted', () => {
    const folder = folderWith({});
    const line = `mkdir gone; cd gone; rmdir ../gone; "${process.execPath}" "${bin}"`;
    const of = (argv: string) =>
      spawnSync('bash', ['-c', `${line} ${argv}`], { cwd: folder, encoding: 'utf8' });
    expect(of('check a.yaml')).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(
        /^error: the current folder no longer exists \[INPUT_UNREADABLE\]/,
      ) as string,
    });
    expect(of('--version')).toMatchObject({ status: 0, stderr: '' });
  });

  describe('with a stdout that nobody reads, or that is full', () => {
    const service = (port: string): string =>
      `apiVersion: v1\nkind: Service\nmetadata:\n  name: a\nspec:\n  ports:\n    - port: ${port}\n`;
    const claim =
      'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: a\nspec:\n' +
      '  accessModes: [ReadWriteOnce]\n  resources:\n    requests:\n      storage: 1Gi\n';
    let folder: string;

    beforeAll(() => {
      folder = folderWith({
        'bad.yaml': service('0'),
        'good.yaml': service('80'),
        'before.yaml': `${claim}---\n${service('80')}`,
        'many.yaml': Array.from({ length: 3000 }, () => service('0')).join('---\n'),
        'cdk8s.yaml': 'app: node main.js\n',
        'main.js': `
          const manifests = Array.from({ length: 50_000 }, (_, i) => (
            { object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' + i } } }));
          globalThis[Symbol.for('seaworthy.host')].receive({ outdir: process.env.CDK8S_OUTDIR, manifests });`,
      });
    });

    /** The exit code of seaworthy itself in a line of bash, where `$S` runs it. */
    function codeIn(line: string): { code: number; stderr: string; stdout: string } {
      const text = `S() { "${process.execPath}" "${bin}" "$@"; }; ${line}; echo "code \${PIPESTATUS[0]}"`;
      const { stdout, stderr } = spawnSync('bash', ['-c', text], { cwd: folder, encoding: 'utf8' });
      return { code: Number(/code (\d+)\n$/.exec(stdout)?.[1]), stdout, stderr };
    }

    it.each([
      ['errors and a reader of one line', 'S check bad.yaml | head -n 1', 1],
      ['errors and no reader', 'S check many.yaml | true', 1],
      ['errors and a reader that leaves in the middle', 'S check many.yaml | head -n 3', 1],
      ['errors as JSON', 'S check many.yaml --output json | head -c 10', 1],
      ['no errors and no reader', 'S check good.yaml | true', 0],
      ['lost data and no reader', 'S plan before.yaml good.yaml | true', 1],
      ['a change with --detailed-exitcode', 'S plan good.yaml before.yaml --detailed-exitcode | true', 3],
      ['a file that is a pipe without a reader', 'S check many.yaml -o json=/dev/stdout | true', 1],
      ['a closed stdout', 'S check bad.yaml >&-', 1],
      ['a stderr that nobody reads', 'S check bad.yaml 2>&1 >/dev/null | true', 1],
      ['a closed stderr', 'S check bad.yaml 2>&- >/dev/null', 1],
      ['both closed', 'S check bad.yaml >&- 2>&-', 1],
      ['a usage error and a full stderr', 'S check --nope 2>/dev/full', 2],
      ['help that nobody reads', 'S check --help | true', 0],
      ['a list that nobody reads', 'S list | head -n 1', 0],
      ['manifests that nobody reads', 'S synth --stdout | head -n 1', 0],
    ])('exits with the verdict: %s', (_, line, code) => {
      expect(codeIn(line)).toMatchObject({ code, stderr: expect.not.stringContaining('rror') as string });
    });

    it('writes the reports that have a file when the reader of the first one is gone', () => {
      const line = 'S check many.yaml -o text -o json=report.json -o sarif=report.sarif | true';
      expect(codeIn(line)).toMatchObject({ code: 1, stderr: '' });
      expect(JSON.parse(read(folder, 'report.json'))).toHaveProperty('findings');
      expect(JSON.parse(read(folder, 'report.sarif'))).toHaveProperty('runs');
    });

    it.each(['check good.yaml', 'check bad.yaml', 'plan good.yaml bad.yaml', 'list', '--help', '--version'])(
      'fails on a full disk: %s',
      (argv) => {
        const { code, stderr } = codeIn(`S ${argv} >/dev/full`);
        expect([code, stderr]).toEqual([2, expect.stringContaining('[OUTPUT_UNWRITABLE]')]);
      },
    );

    it('writes the reports that have a file when stdout is full', () => {
      expect(codeIn('S check bad.yaml -o text -o json=full.json >/dev/full').code).toBe(2);
      expect(JSON.parse(read(folder, 'full.json'))).toHaveProperty('findings');
    });
  });

  it.each<[NodeJS.Signals, number]>([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ])('ends the app and itself on %s', async (signal, code) => {
    const project = projectOf(`
      const { appendFileSync } = require('node:fs');
      setInterval(() => appendFileSync('beats', '.'), 20);`);
    const child = spawn(process.execPath, [bin, 'synth'], { cwd: project, stdio: 'ignore' });
    const exited = new Promise((resolve) => child.once('exit', resolve));
    while (!filesIn(project).includes('beats')) await delay(20);
    child.kill(signal);
    expect(await exited).toBe(code);
    const beats = read(project, 'beats');
    await delay(200);
    expect(read(project, 'beats')).toBe(beats);
  });

  it.each<NodeJS.Signals>(['SIGINT', 'SIGTERM', 'SIGHUP'])(
    'ends at once on %s where no app runs',
    async (signal) => {
      const child = spawn(process.execPath, [bin, 'check', '-'], { stdio: ['pipe', 'ignore', 'ignore'] });
      await delay(500);
      child.kill(signal);
      expect(await once(child, 'exit')).toEqual([null, signal]);
    },
  );

  it('ends at once on a second signal, and the app, which ignores the first, with it', async () => {
    const project = projectOf(`
      process.on('SIGTERM', () => {});
      const { appendFileSync } = require('node:fs');
      setInterval(() => appendFileSync('beats', '.'), 20);`);
    const child = spawn(process.execPath, [bin, 'synth'], { cwd: project, stdio: 'ignore' });
    while (!filesIn(project).includes('beats')) await delay(20);
    child.kill('SIGINT');
    // Two signals that come before the first is handled are one.
    await delay(500);
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([null, 'SIGINT']);
    await delay(300);
    const beats = read(project, 'beats');
    await delay(200);
    expect(read(project, 'beats')).toBe(beats);
  });

  it('ends what the app leaves running in the background', async () => {
    const beat = "setInterval(() => require('node:fs').appendFileSync('beats', '.'), 20)";
    const project = projectOf(
      `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(beat)}], { stdio: 'ignore' }).unref();
       while (!require('node:fs').existsSync('beats'));
       ${appOf(['-/web/a'])}`,
    );
    expect(run(project, 'synth').status).toBe(0);
    const beats = read(project, 'beats');
    await delay(200);
    expect(read(project, 'beats')).toBe(beats);
  });

  it('works from a path with blanks, quotes and backslashes in it', () => {
    const folder = folderWith({});
    const installed = join(folder, 'node_modules', 'sea "worthy\\ of');
    cpSync(packageFolder(), installed, { recursive: true });
    for (const name of ['commander', 'picocolors', 'yaml', 'jiti', 're2js']) {
      symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
    }
    const project = projectOf(appOf(['-/web/a']));
    const command = join(installed, 'bin', 'seaworthy.js');
    const { status, stderr } = spawnSync(process.execPath, [command, 'synth'], {
      cwd: project,
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, expect.stringMatching(/^1 chart, 1 object/)]);
  });

  it('says how it is compiled where it is not', () => {
    const folder = folderWith({});
    mkdirSync(join(folder, 'bin'));
    cpSync(bin, join(folder, 'bin', 'seaworthy.js'));
    const { status, stderr } = spawnSync(process.execPath, [join(folder, 'bin', 'seaworthy.js')], {
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([2, 'seaworthy is not compiled here yet: run npm run build\n']);
  });

  it.each([
    ['the version', ['--version'], ['commander', 'yaml', 'jiti', 'chokidar', 'cdk8s', 'constructs']],
    ['synth', ['synth'], ['jiti', 'chokidar', 'cdk8s', 'constructs']],
  ])('loads only what it needs for %s', (_, argv, unneeded) => {
    const project = projectOf(appOf(['-/web/a']));
    const list = join(folderWith({ 'list.js': LIST_MODULES }), 'list.js');
    const { stderr } = spawnSync(process.execPath, ['--require', list, bin, ...argv], {
      cwd: project,
      encoding: 'utf8',
    });
    const loaded = /^loaded: (.*)$/m.exec(stderr)?.[1]?.split(' ') ?? [];
    expect(loaded).toContain('picocolors');
    expect(loaded.filter((name) => unneeded.includes(name))).toEqual([]);
  });
});

const LIST_MODULES = `
  process.on('exit', () => {
    const names = Object.keys(require.cache).map((file) => /(?:node_modules[\\\\/]|[\\\\/]package-)((?:@[^\\\\/]+[\\\\/])?[^\\\\/.]+)/.exec(file)?.[1]);
    process.stderr.write('loaded: ' + [...new Set(names.filter(Boolean))].join(' ') + '\\n');
  });`;
