import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  lchownSync,
  mkdirSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { searchPath } from '../../lib/cli/run/command';
import { appOf, folderWith, projectOf, removeFolders, seaworthy } from './support/cli';

afterAll(removeFolders);

const FINE = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: fine, namespace: default }\n';
/** A plugin that leaves a file where it ran. */
const PLUGIN = `require('node:fs').writeFileSync(__dirname + '/ran', '');
exports.rule = { name: 'map', severity: 'warning', about: 'Finds maps.', why: 'None.',
  run: ({ set }, report) => { for (const each of set) report(each, 'kind', 'is a map'); } };`;
const WITH_PLUGIN = 'seaworthy:\n  check:\n    plugins: [rules.js]\n';

function folderWithPlugin(files: Readonly<Record<string, string>> = {}): string {
  return folderWith({
    'cdk8s.yaml': WITH_PLUGIN,
    'rules.js': PLUGIN,
    'deploy/a.yaml': FINE,
    ...files,
  });
}

const isRoot = process.geteuid?.() === 0;
/** Some user who is neither root nor the one who runs the tests. */
const MALLORY = 54_321;

describe('a check of files', () => {
  it('runs the plugins of a cdk8s.yaml in the same folder', async () => {
    const folder = folderWithPlugin();
    const { stdout, stderr } = await seaworthy(folder, ['check', 'deploy']);
    expect([stderr, existsSync(join(folder, 'ran'))]).toEqual(['', true]);
    expect(stdout).toContain('kind: is a map [custom/map]');
  });

  it('runs no plugin of a cdk8s.yaml above, and says so', async () => {
    const folder = folderWithPlugin();
    const deploy = join(folder, 'deploy');
    const { code, stdout, stderr } = await seaworthy(deploy, ['check', 'a.yaml']);
    expect([code, stdout]).toEqual([0, '1 object: no findings\n']);
    expect(stderr).toBe(
      `The plugins of ${folder}/cdk8s.yaml do not run: it is not in this folder. ` +
        `Run seaworthy in ${folder}, or use --plugin ../rules.js.\n`,
    );
    expect(existsSync(join(folder, 'ran'))).toBe(false);
  });

  it('keeps the other settings of a cdk8s.yaml above, but for those of rules of plugins', async () => {
    const rules = '    preset: none\n    rules: { custom/map: error, admission/invalid: warning }\n';
    const environments = '    environments: { production: { rules: { acme/other: off } } }\n';
    const folder = folderWithPlugin({
      'cdk8s.yaml': `${WITH_PLUGIN}${rules}${environments}`,
      'deploy/a.yaml': FINE.replace('fine', 'Bad'),
    });
    const { code, stdout } = await seaworthy(join(folder, 'deploy'), ['check', 'a.yaml']);
    expect([code, stdout]).toEqual([
      0,
      expect.stringContaining('warning  metadata.name: Invalid value: "Bad"'),
    ]);
    writeFileSync(join(folder, 'cdk8s.yaml'), `${WITH_PLUGIN}    rules: { policy/none: off, map: off }\n`);
    const { stderr } = await seaworthy(join(folder, 'deploy'), ['check', 'a.yaml']);
    expect(stderr).toContain('unknown rule "policy/none"');
    expect(stderr).toContain('unknown rule "map"');
  });

  it('runs the plugins that the command line names', async () => {
    const folder = folderWithPlugin();
    const deploy = join(folder, 'deploy');
    const { stdout } = await seaworthy(deploy, ['check', 'a.yaml', '--plugin', '../rules.js']);
    expect(stdout).toContain('kind: is a map [custom/map]');
    const set = ['check', 'a.yaml', '--plugin', '../rules.js', '--rule', 'custom/map=error'];
    expect((await seaworthy(deploy, set)).code).toBe(1);
    const { code, stderr } = await seaworthy(deploy, ['check', 'a.yaml', '--plugin', 'rules.js']);
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('error: rules.js: no such file [CONFIG_INVALID]\n'),
    ]);
  });

  it('takes no file for an option', async () => {
    const folder = folderWithPlugin({ 'deploy/--plugin=rules.yaml': FINE });
    const { stdout } = await seaworthy(join(folder, 'deploy'), ['check', '--', '--plugin=rules.yaml']);
    expect(stdout).toBe('1 object: no findings\n');
  });
});

describe('a project', () => {
  it('runs the plugins of the cdk8s.yaml that names the app, from folders below as well', async () => {
    const folder = folderWithPlugin({
      'cdk8s.yaml': `app: main.js\n${WITH_PLUGIN}`,
      'main.js': appOf(['-/web/a']),
    });
    const { stdout } = await seaworthy(join(folder, 'deploy'), ['check']);
    expect(stdout).toContain('kind: is a map [custom/map]');
  });

  const FILES: Readonly<Record<string, string>> = {
    check: 'To check files, name them or their folder: seaworthy check deploy/. ',
    plan: 'To compare files or folders, name both: seaworthy plan before/ after/. ',
  };

  it.each(['synth', 'check', 'list', 'plan'])(
    'is not looked for above the repository: %s',
    async (command) => {
      const folder = projectOf("require('node:fs').writeFileSync('ran', '');");
      mkdirSync(join(folder, 'repository', '.git'), { recursive: true });
      const here = join(folder, 'repository');
      const { code, stderr } = await seaworthy(here, [command]);
      expect([code, existsSync(join(folder, 'ran'))]).toEqual([2, false]);
      expect(stderr).toBe(
        `error: ${here}: no cdk8s.yaml in this folder or above it [CONFIG_MISSING]\n` +
          `  ${FILES[command] ?? ''}${folder}/cdk8s.yaml is not used: ` +
          `it is outside of the repository at ${here}. ` +
          'Create a project with seaworthy init, or name the command that runs your app with --app.\n',
      );
    },
  );
});

// Only root can give files away.
(isRoot ? describe : describe.skip)('on a shared machine', () => {
  /** A folder that anybody can write to, with a cdk8s.yaml that a stranger left there. */
  function sharedFolder(): string {
    const folder = folderWithPlugin();
    chmodSync(folder, 0o1777);
    for (const file of ['cdk8s.yaml', 'rules.js']) chownSync(join(folder, file), MALLORY, MALLORY);
    return folder;
  }

  it.each(['.', 'deploy'])(
    'nothing that a stranger left in a folder above is run or read, in %s',
    async (place) => {
      const folder = sharedFolder();
      writeFileSync(
        join(folder, 'cdk8s.yaml'),
        `app: touch ${folder}/ran\n${WITH_PLUGIN}    preset: fatal\n`,
      );
      const files = await seaworthy(join(folder, place), ['check', join(folder, 'deploy/a.yaml')]);
      const notUsed = `${folder}/cdk8s.yaml is not used: it belongs to another user (uid ${MALLORY})`;
      expect(files).toEqual({ code: 0, stdout: '1 object: no findings\n', stderr: `${notUsed}\n` });
      const app = await seaworthy(join(folder, place), ['synth']);
      expect([app.code, app.stderr]).toEqual([
        2,
        expect.stringContaining(`\n  ${notUsed}. Create a project`),
      ]);
      expect(existsSync(join(folder, 'ran'))).toBe(false);
    },
  );

  it('a link of a stranger does not choose which of our projects runs', async () => {
    const other = folderWithPlugin();
    const folder = folderWith({ 'a.yaml': FINE });
    symlinkSync(join(other, 'cdk8s.yaml'), join(folder, 'cdk8s.yaml'));
    lchownSync(join(folder, 'cdk8s.yaml'), MALLORY, MALLORY);
    const { stderr } = await seaworthy(folder, ['check', 'a.yaml']);
    expect(stderr).toContain('is not used: it belongs to another user');
  });

  it('a folder of a stranger ends the search', async () => {
    const folder = sharedFolder();
    chownSync(folder, MALLORY, MALLORY);
    const { stderr } = await seaworthy(join(folder, 'deploy'), ['list']);
    expect(stderr).toContain(`cdk8s.yaml is not used: ${folder} belongs to another user (uid ${MALLORY}).`);
  });

  it('a checkout of another user works where the command runs in it, as in a container', async () => {
    const folder = sharedFolder();
    for (const path of ['.', 'deploy', 'deploy/a.yaml']) chownSync(join(folder, path), MALLORY, MALLORY);
    const { stdout, stderr } = await seaworthy(folder, ['check', 'deploy']);
    expect([stdout, stderr]).toEqual([expect.stringContaining('[custom/map]'), '']);
  });

  it("no program of a stranger's node_modules runs", () => {
    const folder = folderWith({ 'node_modules/.bin/tool': '', 'project/node_modules/.bin/tool': '' });
    const path = (place: string): string => join(folder, place, 'node_modules', '.bin');
    const project = join(folder, 'project');
    expect(searchPath(project, '/bin')).toBe(`${path('project')}:${path('.')}:/bin`);
    chownSync(join(folder, 'node_modules'), MALLORY, MALLORY);
    expect(searchPath(project, '/bin')).toBe(`${path('project')}:/bin`);
  });
});

describe('compiled TypeScript', () => {
  it('is kept in the cache of the user, and nothing in the temporary folder', async () => {
    const project = folderWith({
      'main.ts': `const a: 1 = 1;\n${appOf(['-/web/a'])}`,
      'tmp/.keep': '',
      'home/.keep': '',
    });
    const env = { TMPDIR: join(project, 'tmp'), HOME: join(project, 'home') };
    const { code } = await seaworthy(project, ['list', '--app', 'main.ts'], { env });
    expect([code, readdirSync(env.TMPDIR)]).toEqual([0, ['.keep']]);
    const cache = join(env.HOME, '.cache', 'seaworthy', 'jiti');
    expect(readdirSync(cache)).toEqual([expect.stringContaining('main')]);
  });
});

describe('completion', () => {
  it('offers no name that a shell would expand', async () => {
    const hostile = ['$(touch ran)', '`touch ran`', 'a;b', 'a b', '-x', "'", '"', '$HOME', '*', 'é'];
    const folder = folderWith({
      'cdk8s.yaml': 'app: main.js\n',
      'dist/.seaworthy': ['production', 'eu-1.a_b', ...hostile].map((name) => `${name}/a.yaml\n`).join(''),
    });
    const { stdout } = await seaworthy(folder, ['__environments']);
    expect(stdout).toBe('eu-1.a_b\nproduction\n');
    const { stdout: script } = await seaworthy(folder, ['completion', 'bash']);
    const words = `COMP_WORDS=(seaworthy synth -e ''); COMP_CWORD=3; _seaworthy; echo "\${COMPREPLY[@]}"`;
    const command = `seaworthy() { cat offered; }\n${script}\n${words}`;
    writeFileSync(join(folder, 'offered'), stdout);
    expect(execFileSync('bash', ['--norc', '-c', command], { cwd: folder, encoding: 'utf8' })).toBe(
      'eu-1.a_b production\n',
    );
    expect(existsSync(join(folder, 'ran'))).toBe(false);
  });
});
