import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { appOf, folderWith, projectOf, read, removeFolders, seaworthy } from './support/cli';
import { packageFolder } from './support/package';

afterAll(removeFolders);

const APP = appOf(['-/web/a']);

/** The name that the app's folder has, as the app sees it. */
async function nameInUse(): Promise<string> {
  const project = projectOf(
    `require('node:fs').writeFileSync('name', require('node:path').basename(require('node:path').dirname(process.env.CDK8S_OUTDIR)));${APP}`,
  );
  await seaworthy(project, ['synth']);
  return read(project, 'name');
}

/** The number of a process that has ended. */
function ended(): number {
  return spawnSync(process.execPath, ['--version']).pid;
}

describe('the temporary folder of a run', () => {
  it('is for this user alone, and gone after it', async () => {
    const project = projectOf(`
      const { statSync, writeFileSync } = require('node:fs');
      writeFileSync('mode', (statSync(require('node:path').dirname(process.env.CDK8S_OUTDIR)).mode & 0o777).toString(8));
      ${APP}`);
    mkdirSync(join(project, 'tmp'));
    await seaworthy(project, ['synth'], { env: { TMPDIR: join(project, 'tmp') } });
    expect(read(project, 'mode')).toBe('700');
    expect(readdirSync(join(project, 'tmp'))).toEqual([]);
  });

  it('is gone after a run that failed', async () => {
    const project = projectOf("throw new Error('no')");
    mkdirSync(join(project, 'tmp'));
    await seaworthy(project, ['synth'], { env: { TMPDIR: join(project, 'tmp') } });
    expect(readdirSync(join(project, 'tmp'))).toEqual([]);
  });

  it('is in the system folder where TMPDIR is empty', async () => {
    const project = projectOf(APP);
    expect(await seaworthy(project, ['synth'], { env: { TMPDIR: '' } })).toMatchObject({ code: 0 });
    expect(readdirSync(project).sort()).toEqual(['cdk8s.yaml', 'dist', 'main.js']);
  });
});

describe('what a dead process left in the temporary directory', () => {
  const folder = async (...names: readonly string[]): Promise<string> => {
    const top = folderWith({ 'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n' });
    for (const name of names) {
      mkdirSync(join(top, 'tmp', name, 'results'), { recursive: true });
      writeFileSync(join(top, 'tmp', name, 'results', 'secret'), 'hunter2');
    }
    await seaworthy(top, ['check', 'a.yaml'], { env: { TMPDIR: join(top, 'tmp') } });
    return join(top, 'tmp');
  };
  let parts: readonly string[];
  /** A name like that of a run, with some parts replaced: the process, its start, its namespace. */
  const named = (replaced: Partial<Record<1 | 2 | 3, string>>): string =>
    parts.map((part, index) => replaced[index as 1 | 2 | 3] ?? part).join('-');

  beforeAll(async () => (parts = (await nameInUse()).split('-')));

  it('goes with the next run of any command', async () => {
    expect(readdirSync(await folder(named({ 1: String(ended()) })))).toEqual([]);
  });

  it('stays while the process lives', async () => {
    const name = named({ 1: String(process.pid) });
    expect(readdirSync(await folder(name))).toEqual([name]);
  });

  it('stays where it has another name', async () => {
    const others = ['other', `seaworthy-${ended()}`, `seaworthy-test-${ended()}`];
    expect(readdirSync(await folder(...others))).toEqual(others.sort());
  });

  it('goes if the number is that of another process by now', async () => {
    if (parts[2] === '') return; // Only Linux says when a process started.
    expect(readdirSync(await folder(named({ 1: String(process.pid), 2: '1' })))).toEqual([]);
  });

  it('stays for two days where the number may be one of another container', async () => {
    const name = named({ 1: String(ended()), 3: '1' });
    const temporary = await folder(name);
    expect(readdirSync(temporary)).toEqual([name]);
    const old = statSync(temporary).mtimeMs / 1000 - 3 * 86_400;
    utimesSync(join(temporary, name), old, old);
    await seaworthy(join(temporary, '..'), ['check', 'a.yaml'], { env: { TMPDIR: temporary } });
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('is no link', async () => {
    const target = folderWith({ mine: 'mine' });
    const top = await folder();
    mkdirSync(top, { recursive: true });
    symlinkSync(target, join(top, named({ 1: String(ended()) })));
    await seaworthy(join(top, '..'), ['check', 'a.yaml'], { env: { TMPDIR: top } });
    expect(readdirSync(top)).toHaveLength(1);
    expect(read(target, 'mine')).toBe('mine');
  });

  it('is removed with its links, not with what they lead to', async () => {
    const target = folderWith({ mine: 'mine' });
    const top = await folder();
    const name = join(top, named({ 1: String(ended()) }));
    mkdirSync(name, { recursive: true });
    symlinkSync(target, join(name, 'link'));
    await seaworthy(join(top, '..'), ['check', 'a.yaml'], { env: { TMPDIR: top } });
    expect(readdirSync(top)).toEqual([]);
    expect(read(target, 'mine')).toBe('mine');
  });
});

describe('the gate', () => {
  const preload = join(packageFolder(), 'build', 'cli', 'child', 'preload.js');

  /** Runs a script behind the gate, with what the command line wrote before it ended. */
  async function behindGate(line: string): Promise<boolean> {
    const folder = folderWith({ 'main.js': "require('node:fs').writeFileSync('ran', '')" });
    const child = spawn(process.execPath, ['--require', preload, 'main.js'], {
      cwd: folder,
      env: { SEAWORTHY_GATE: '3' },
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    (child.stdio[3] as NodeJS.WritableStream).end(line);
    await once(child, 'exit');
    return existsSync(join(folder, 'ran'));
  }

  it('lets the app begin when it is guarded', async () => {
    expect(await behindGate('\n')).toBe(true);
  });

  it('stays shut when the command line is killed before', async () => {
    expect(await behindGate('')).toBe(false);
  });
});
