import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { appOf, folderWith, projectOf, removeFolders, seaworthy } from './support/cli';
import { packageFolder } from './support/package';

afterAll(removeFolders);

const SHELLS = ['bash', 'zsh', 'fish'];

async function script(shell: string): Promise<string> {
  const { code, stdout, stderr } = await seaworthy('/', ['completion', shell]);
  expect([code, stderr]).toEqual([0, '']);
  return stdout;
}

function isInstalled(shell: string): boolean {
  return spawnSync(shell, ['-c', 'true']).status === 0;
}

describe.each(SHELLS)('seaworthy completion %s', (shell) => {
  it('names every command and option of the help', async () => {
    const text = await script(shell);
    const help = await Promise.all(
      ['synth', 'check', 'plan', 'status', 'list', 'init'].map((command) =>
        seaworthy('/', [command, '--help']),
      ),
    );
    const flags = help.flatMap(({ stdout }) => stdout.match(/(?<=^  .*--)[a-z]+/gm) ?? []);
    expect(flags).toEqual(expect.arrayContaining(['stdout', 'environment', 'timeout', 'name']));
    for (const word of [...flags, 'synth', 'check', 'plan', 'status', 'list', 'init', 'completion'])
      expect(text).toContain(word);
  });

  it(`is read without complaint, where there is a ${shell}`, async () => {
    const file = join(folderWith({ script: await script(shell) }), 'script');
    const { status, stderr } = isInstalled(shell)
      ? spawnSync(shell, ['-n', file], { encoding: 'utf8' })
      : { status: 0, stderr: '' };
    expect([status, stderr]).toEqual([0, '']);
  });
});

describe('bash', () => {
  /** What bash offers for a line; the last word is the one that is being typed. */
  async function offered(cwd: string, ...words: readonly string[]): Promise<string[]> {
    const bin = folderWith({ seaworthy: `#!/bin/sh\nexec node ${packageFolder()}/bin/seaworthy.js "$@"\n` });
    chmodSync(join(bin, 'seaworthy'), 0o755);
    const line = ['seaworthy', ...words];
    const array = line.map((word) => `'${word}'`).join(' ');
    const test = `${await script('bash')}
      COMP_WORDS=(${array}); COMP_CWORD=${line.length - 1}; _seaworthy; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const env = { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}` };
    const answer = execFileSync('bash', ['--norc', '-c', test], { cwd, env, encoding: 'utf8' });
    return answer.split('\n').filter((word) => word !== '');
  }

  it('completes commands', async () => {
    expect(await offered('/', '')).toEqual([
      'synth',
      'check',
      'plan',
      'diff',
      'promote',
      'fit',
      'upgrade',
      'graph',
      'report',
      'apply',
      'history',
      'rollback',
      'delete',
      'snapshot',
      'status',
      'list',
      'images',
      'convert-api',
      'operator',
      'init',
      'completion',
      'help',
    ]);
    expect(await offered('/', 'sy')).toEqual(['synth']);
    expect(await offered('/', 'help', '')).toEqual([
      'synth',
      'check',
      'plan',
      'diff',
      'promote',
      'fit',
      'upgrade',
      'graph',
      'report',
      'apply',
      'history',
      'rollback',
      'delete',
      'snapshot',
      'status',
      'list',
      'images',
      'convert-api',
      'operator',
      'init',
      'completion',
    ]);
  });

  it('completes the options of the command at hand', async () => {
    expect(await offered('/', 'synth', '--st')).toEqual(['--stdout']);
    expect(await offered('/', 'list', '--st')).toEqual([]);
    expect(await offered('/', '--')).toEqual(['--version', '--help']);
  });

  it('completes values that are known', async () => {
    expect(await offered('/', 'list', '--output', '')).toEqual(['text', 'json']);
    expect(await offered('/', 'list', '-o', 'j')).toEqual(['json']);
    expect(await offered('/', 'list', '--output', '=', 'j')).toEqual(['json']);
    expect(await offered('/', 'list', '--output', '=')).toEqual(['text', 'json']);
    expect(await offered('/', 'check', '--output', 's')).toEqual(['sarif']);
    expect(await offered('/', 'check', '--preset', '')).toEqual(['recommended', 'strict', 'none']);
    expect(await offered('/', 'completion', 'f')).toEqual(['fish']);
    expect(await offered('/', 'synth', '--timeout', '')).toEqual([]);
  });

  it('completes releases, rules with their severities, and revisions that a shell leaves alone', async () => {
    expect((await offered('/', 'check', '--kubernetes', '')).slice(-1)).toEqual(['1.27']);
    expect(await offered('/', 'plan', '--kubernetes', '1.31')).toEqual(['1.31']);
    expect(await offered('/', 'check', '--rule', 'policy/image-tag=')).toEqual(
      ['error', 'warning', 'info', 'off'].map((severity) => `policy/image-tag=${severity}`),
    );
    const folder = folderWith({ a: '' });
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: folder });
    git('init', '-q', '-b', 'main');
    git('commit', '-q', '--allow-empty', '-m', 'a');
    for (const name of ['feat/x', '$(touch${IFS}ran)', 'a;b']) git('branch', name);
    git('tag', 'v1.0.0');
    expect(await offered(folder, 'plan', '--base', '')).toEqual(['feat/x', 'main', 'v1.0.0']);
    expect(await offered(folder, 'plan', '--head', 'v')).toEqual(['v1.0.0']);
    expect(readdirSync(folder)).not.toContain('ran');
    expect(await offered('/', 'plan', '--base', '')).toEqual([]);
  });

  it.each(SHELLS)('the script of %s asks for revisions and has releases and rules', async (shell) => {
    const text = await script(shell);
    expect(text).toContain('__revisions');
    expect(text).toMatch(/1\.36 1\.35 /);
    expect(text).toContain('policy/image-tag=off');
  });

  it('completes folders, with blanks in them', async () => {
    const folder = folderWith({ 'out put/a': '', 'other/a': '', file: '' });
    expect((await offered(folder, 'synth', '--output', 'o')).sort()).toEqual(['other', 'out put']);
    expect(await offered(folder, 'init', 'ot')).toEqual(['other']);
  });

  it('completes files and folders where both can stand', async () => {
    const folder = folderWith({ 'out put/a': '', 'out.yaml': '' });
    expect((await offered(folder, 'check', 'o')).sort()).toEqual(['out put', 'out.yaml']);
    expect((await offered(folder, 'check', '--assume', 'out.')).sort()).toEqual(['out.yaml']);
  });

  it('completes the environments of the last output, without running the app', async () => {
    const project = projectOf(appOf(['staging/shop/a', 'production/shop/a'], { name: 'shop' }));
    await seaworthy(project, ['synth']);
    writeFileSync(join(project, 'main.js'), 'throw new Error("run")');
    mkdirSync(join(project, 'sub'));
    expect(await offered(join(project, 'sub'), 'synth', '--environment', 'p')).toEqual(['production']);
    expect(await offered(project, 'list', '-e', '')).toEqual(['production', 'staging']);
  });

  it('offers no environments, and says nothing, where there is no project or a broken one', async () => {
    expect(await offered(folderWith({}), 'synth', '-e', '')).toEqual([]);
    expect(await offered(folderWith({ 'cdk8s.yaml': '[' }), 'synth', '-e', '')).toEqual([]);
  });
});
