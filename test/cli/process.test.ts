import { spawn, spawnSync, type SpawnSyncReturns } from 'node:child_process';
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

  it('ends quietly when the reader of its output goes away', () => {
    const project = projectOf(`
      const manifests = Array.from({ length: 50_000 }, (_, i) => (
        { object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' + i } } }));
      globalThis[Symbol.for('seaworthy.host')].receive({ outdir: process.env.CDK8S_OUTDIR, manifests });`);
    const command = `"${process.execPath}" "${bin}" synth --stdout | head -n 1; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', command], { cwd: project, encoding: 'utf8' });
    expect(stdout).toBe('apiVersion: v1\n0\n');
    expect(stderr).toBe('');
  });

  it.each<[NodeJS.Signals, number]>([
    ['SIGINT', 130],
    ['SIGTERM', 143],
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
