import { mkdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { appOf, filesIn, folderWith, projectOf, removeFolders, seaworthy } from './support/cli';

afterAll(removeFolders);

const APP = appOf(['-/web/a']);

async function withConfig(text: string) {
  const project = projectOf(APP, text);
  const answer = await seaworthy(project, ['synth']);
  return { ...answer, project };
}

async function expectRefused(text: string, ...messages: readonly string[]) {
  const { code, stdout, stderr, project } = await withConfig(text);
  for (const message of messages) expect(stderr).toContain(message);
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(filesIn(project)).toEqual(['cdk8s.yaml', 'main.js']);
}

describe('cdk8s.yaml', () => {
  it('is found above the folder that the command is run in', async () => {
    const project = projectOf(APP);
    mkdirSync(join(project, 'a', 'b'), { recursive: true });
    expect((await seaworthy(join(project, 'a', 'b'), ['synth'])).code).toBe(0);
    expect(filesIn(join(project, 'dist'))).toEqual(['web.yaml']);
  });

  it('is missed with the ways out, and not needed with --app', async () => {
    const folder = folderWith({ 'main.js': APP });
    const { code, stderr } = await seaworthy(folder, ['synth']);
    expect(code).toBe(2);
    expect(stderr).toBe(
      `error: ${folder}: no cdk8s.yaml in this folder or above it [CONFIG_MISSING]\n` +
        '  Create a project with seaworthy init, or name the command that runs your app with --app.\n',
    );
    expect((await seaworthy(folder, ['synth', '--app', 'main.js'])).code).toBe(0);
  });

  it('may hold every key of cdk8s', async () => {
    const { code, stderr } = await withConfig(
      'language: typescript\napp: node main.js\noutput: dist\nimportDirectory: imports\nimports:\n  - k8s\n' +
        'pluginsDirectory: plugins\nsynthConfig:\n  format: plain\n',
    );
    expect(code).toBe(0);
    expect(stderr).toMatch(/^1 chart/);
  });

  it.each([
    ['a list', '- app: x\n', 'cdk8s.yaml: expected a mapping of keys to values [CONFIG_INVALID]'],
    ['a word', 'hello\n', 'cdk8s.yaml: expected a mapping of keys to values [CONFIG_INVALID]'],
    ['no YAML', 'app: x\nfoo: [1, 2\nbar: "\n', 'cdk8s.yaml: invalid YAML: '],
    ['binary', '\u0000\u0001\u0002', 'CONFIG_INVALID'],
    ['two documents', 'app: x\n---\napp: y\n', 'cdk8s.yaml: expected one YAML document [CONFIG_INVALID]'],
    ['a key twice', 'app: x\napp: y\n', 'invalid YAML: Map keys must be unique'],
    ['nothing', '', 'app: Required value: the command that runs your app [CONFIG_INVALID]'],
    ['comments only', '# nothing\n', 'app: Required value: the command that runs your app [CONFIG_INVALID]'],
  ])('is refused when it is %s', async (_, text, message) => {
    await expectRefused(text, message);
  });

  it('is refused with the line at which it is no longer YAML', async () => {
    await expectRefused(
      'app: x\noutput: a: b\n',
      'in compact mappings [CONFIG_INVALID]\n  at cdk8s.yaml:2\n',
    );
  });

  it.each([
    ['app', '3', 'app: expected a command, not 3 [CONFIG_INVALID]'],
    ['app', '[node, main.js]', 'app: expected a command, not a list'],
    ['app', '', 'app: expected a command, not null'],
    ['app', '" "', 'app: expected a command, not " "'],
    ['output', '{ dir: dist }', 'output: expected the path of a folder, not a mapping'],
    ['output', '""', 'output: expected the path of a folder, not ""'],
    [
      'seaworthy',
      '[]',
      'seaworthy: expected a mapping with layout, keepGenerations, timeout, targets, repository, environments or check, not a list',
    ],
    ['seaworthy', '{ timeout: soon }', 'seaworthy.timeout: expected a number of seconds above 0, not "soon"'],
    ['seaworthy', '{ timeout: 0 }', 'seaworthy.timeout: expected a number of seconds above 0, not 0'],
    ['seaworthy', '{ timeout: .inf }', 'seaworthy.timeout: expected a number of seconds above 0'],
    [
      'seaworthy',
      '{ keepGenerations: -1 }',
      'seaworthy.keepGenerations: expected a whole number from 0 to 100, not -1',
    ],
    ['seaworthy', '{ layout: flat }', 'seaworthy.layout: expected chart or object, not "flat"'],
    [
      'seaworthy',
      '{ layuot: chart }',
      'seaworthy.layuot: unknown key "layuot" [CONFIG_INVALID]\n  Did you mean layout?',
    ],
    [
      'seaworthy',
      '{ policies: [] }',
      'seaworthy.policies: unknown key "policies" [CONFIG_INVALID]\n  The keys are layout, keepGenerations, timeout, targets, repository, environments and check.',
    ],
    [
      'synthConfig',
      '{ format: helm }',
      'synthConfig.format: seaworthy writes plain manifests, not Helm charts',
    ],
    [
      'ouput',
      'dist',
      'ouput: unknown key "ouput" [CONFIG_INVALID]\n  Did you mean output?\n  at cdk8s.yaml:1',
    ],
    ['__proto__', '{ app: x }', '__proto__: "__proto__" cannot be a key [CONFIG_INVALID]'],
  ])('is refused with %s: %s', async (key, value, message) => {
    await expectRefused(`${key}: ${value}\n${key === 'app' ? '' : 'app: node main.js\n'}`, message);
  });

  it('has all its problems told at once, each with its line', async () => {
    await expectRefused(
      'app: node main.js\noutput: 3\nseaworthy:\n  # comment\n  timeout: soon\n',
      'output: expected the path of a folder, not 3 [CONFIG_INVALID]\n  at cdk8s.yaml:2\n',
      'seaworthy.timeout: expected a number of seconds above 0, not "soon" [CONFIG_INVALID]\n  at cdk8s.yaml:5\n',
      '2 problems',
    );
  });

  it('may hold a key of a later cdk8s, which is noted', async () => {
    const { code, stderr } = await withConfig('app: node main.js\ntelemetry: false\n');
    expect(code).toBe(0);
    expect(stderr).toMatch(/^cdk8s\.yaml: unknown key "telemetry" is ignored\n1 chart/);
  });

  it.each([
    ['validations: [{ package: other, version: 1.0.0, class: Other }]', true],
    ['validations: plugins.yaml', true],
    [
      'validations: [{ package: ./node_modules/seaworthy, version: 0.1.0, class: SeaworthyValidation }]',
      false,
    ],
    ['validations: []', false],
    ['validations:', false],
  ])(
    'is told that validations of others run under cdk8s only, where it matters: %s',
    async (line, isTold) => {
      const project = projectOf(APP, `app: node main.js\n${line}\n`);
      const note = 'the plugins in "validations" run in cdk8s synth only';
      for (const [command, matters] of [
        ['synth', true],
        ['check', true],
        ['list', false],
        ['plan', false],
      ] as const) {
        const { code, stderr } = await seaworthy(project, [command]);
        expect([command, code, stderr.includes(note)]).toEqual([command, 0, isTold && matters]);
      }
    },
  );

  it.each([
    ['check', 'To check files, name them or their folder: seaworthy check deploy/. Create a project'],
    ['plan', 'To compare files or folders, name both: seaworthy plan before/ after/. Create a project'],
    [
      'plan --base v1.4',
      'To compare files with those at a revision: git worktree add --detach ../before v1.4, then seaworthy plan ../before/deploy deploy. Create a project',
    ],
    [
      'plan --base a;b --head main',
      'To compare files with those at a revision: git worktree add --detach ../before REVISION, then',
    ],
  ])('is not needed for files, which the error of %s says first', async (command, hint) => {
    const folder = folderWith({ 'deploy/a.yaml': '' });
    const { code, stderr } = await seaworthy(folder, command.split(' '));
    expect([code, stderr]).toEqual([2, expect.stringContaining(`[CONFIG_MISSING]\n  ${hint}`)]);
  });

  it.each([
    ['const a: string = `x`;\nenum B { C }\n', 'node main.ts'],
    ['import { a } from "./other";\nconst b: string = a;\n', 'node main.ts'],
  ])(
    'may run TypeScript with Node itself; where that cannot, the error names jiti: %j',
    async (main, app) => {
      for (const type of ['module', 'commonjs']) {
        const files = {
          'cdk8s.yaml': `app: ${app}\n`,
          'main.ts': main,
          'package.json': JSON.stringify({ type }),
        };
        const { code, stderr } = await seaworthy(folderWith(files), ['synth']);
        expect([code, stderr]).toEqual([
          2,
          expect.stringContaining('jiti can, on any: set app: jiti main.ts.'),
        ]);
      }
      const own = projectOf('throw new SyntaxError("mine")');
      expect((await seaworthy(own, ['synth'])).stderr).not.toContain('jiti');
    },
  );

  it('is refused unread when it is 100 MB large', async () => {
    const project = projectOf(APP);
    truncateSync(join(project, 'cdk8s.yaml'), 100_000_000);
    const { code, stderr } = await seaworthy(project, ['synth']);
    expect(code).toBe(2);
    expect(stderr).toContain('too large: 100000000 bytes; the limit is 1048576 [CONFIG_TOO_LARGE]');
  });

  it('is refused when its aliases would fill the memory', async () => {
    const levels = Array.from(
      { length: 30 },
      (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}, *a${i}, *a${i}]`,
    );
    await expectRefused(
      `a0: &a0 lol\n${levels.join('\n')}\n`,
      'too large: its aliases expand too far [CONFIG_TOO_LARGE]',
    );
  });

  it('is refused when it is a folder', async () => {
    const project = folderWith({ 'cdk8s.yaml/file': '' });
    const { code, stderr } = await seaworthy(project, ['synth']);
    expect(code).toBe(2);
    expect(stderr).toContain('cdk8s.yaml: this is a folder [CONFIG_INVALID]');
  });

  it.each(['.', '..', '../..', '../../sub'])(
    'never has the output replace the project: %s',
    async (output) => {
      const outer = folderWith({
        'a/sub/cdk8s.yaml': `app: node main.js\noutput: ${output}\n`,
        'a/sub/main.js': APP,
      });
      const inner = join(outer, 'a', 'sub');
      const refused = output !== '../../sub';
      const { code, stderr } = await seaworthy(inner, ['synth']);
      expect([code, stderr.includes('this folder holds the project [OUTPUT_NOT_OURS]')]).toEqual([
        refused ? 2 : 0,
        refused,
      ]);
      const asked = await seaworthy(inner, ['synth', '--app', 'main.js', '--output', output]);
      expect(asked.code).toBe(refused ? 2 : 0);
      expect(filesIn(outer)).toEqual([
        ...['a/sub/cdk8s.yaml', 'a/sub/main.js'],
        ...(refused ? [] : ['sub/web.yaml']),
      ]);
    },
  );
});
