import { Writable } from 'node:stream';
import { join } from 'node:path';
import type { Io, main as Main } from '../../lib/cli/main';
import { appOf, filesIn, folderWith, projectOf, read, removeFolders, seaworthy } from './support/cli';
import { packageFolder } from './support/package';

afterAll(removeFolders);

let nowhere: string;
beforeAll(() => {
  nowhere = folderWith({});
});

describe('help', () => {
  it.each([[['--help']], [['-h']], [['help']]])('is printed as data by %j', async (argv) => {
    const { code, stdout, stderr } = await seaworthy(nowhere, argv);
    expect([code, stderr]).toEqual([0, '']);
    for (const command of ['synth', 'check', 'list', 'init', 'completion'])
      expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
    expect(stdout).toContain('Examples:\n  $ seaworthy init shop\n');
    expect(stdout).not.toContain('__environments');
  });

  it.each(['synth', 'check', 'plan', 'list'])('of %s fits a terminal of 40 columns', async (command) => {
    const { stdout } = await seaworthy(nowhere, [command, '--help'], { columns: 40 });
    const [options = ''] = stdout.split(/\n\n(?=\S+:?\n {2}\S+:|Examples)/);
    const prose = options.split('\n').filter((line) => !/^Usage:|^ {2}(?:-|\$)|^ {2,}\S+: /.test(line));
    expect(prose.filter((line) => line.length > 40)).toEqual([]);
    expect(stdout).toMatch(/^ {2}--app <command>\n {6}command that runs the app\n/m);
    const wide = (await seaworthy(nowhere, [command, '--help'], { columns: 100 })).stdout;
    expect(wide).toMatch(/^ {2}--app <command> +command that runs the app/m);
  });

  it.each([[['synth', '--help']], [['help', 'synth']]])('of a command is printed by %j', async (argv) => {
    const { code, stdout } = await seaworthy(nowhere, argv);
    expect(code).toBe(0);
    expect(stdout).toContain('Usage: seaworthy synth [options]');
    expect(stdout).toContain(
      'cdk8s.yaml is looked up in this folder, then in those above, up to the top of the repository.',
    );
    expect(stdout).toContain('$ seaworthy synth --stdout --environment production | kubectl apply -f -');
  });

  it('is what no command at all is met with, as an error', async () => {
    const { code, stdout, stderr } = await seaworthy(nowhere, []);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('Usage: seaworthy [options] [command]');
  });
});

it.each([[['--version']], [['-V']], [['--version', 'synth']]])(
  'the version is printed by %j',
  async (argv) => {
    const { code, stdout } = await seaworthy(nowhere, argv);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  },
);

// cdk8s deletes the output folder before it looks at its flags.
describe('a mistake on the command line is refused before any work, the output stays', () => {
  it.each([
    [['snyth'], "unknown command 'snyth' [USAGE]\n  Did you mean synth?"],
    [['deploy-all'], "unknown command 'deploy-all' [USAGE]\n  See seaworthy --help."],
    [['synth', '--ouput', 'x'], "unknown option '--ouput' [USAGE]\n  Did you mean --output?"],
    [['--ouput'], "unknown option '--ouput' [USAGE]"],
    [['synth', '-x'], "unknown option '-x' [USAGE]\n  See seaworthy synth --help."],
    [['synth', 'main.ts'], 'too many arguments'],
    [['synth', '--output'], "option '-o, --output <dir>' argument missing"],
    [['synth', '--output', ''], "argument '' is invalid. The value is empty."],
    [['synth', '--output', 'a', '--output', 'b'], "argument 'b' is invalid. The option is given twice."],
    [['synth', '-e', 'a', '--environment=b'], "argument 'b' is invalid. The option is given twice."],
    [
      ['synth', '--output', 'json'],
      'Expected a folder, not a format. To write to a folder of this name, use ./json.',
    ],
    [['synth', '--timeout', 'soon'], 'Expected a number of seconds above 0, at most a day.'],
    [['synth', '--timeout', '0'], 'Expected a number of seconds above 0'],
    [['synth', '--timeout', '-1'], "argument '-1' is invalid"],
    [['list', '--output', 'jsno'], "argument 'jsno' is invalid. Did you mean json?"],
    [['list', '--output', 'dist'], "argument 'dist' is invalid. Expected text or json."],
    [['list', '--stdout'], "unknown option '--stdout'"],
    [['check', '--output', 'jsn'], "argument 'jsn' is invalid. Did you mean json?"],
    [['check', '--output', 'sarif='], "argument 'sarif=' is invalid. The file name is missing."],
    [['check', '-o', 'json', '-o', 'sarif'], '--output: json and sarif would both go to stdout [USAGE]'],
    [['check', '--rule', 'policy/image-tag'], 'is invalid. For example: policy/image-tag=off.'],
    [['check', '--rule', 'policy/image-tag=fatal'], 'Expected error, warning, info or off.'],
    [['check', '--preset', 'stict'], 'Did you mean strict?'],
    [['check', 'main.js', '--environment', 'a'], '--environment: cannot be used with files [USAGE]'],
    [['synth', '--check', '--watch'], '--check: cannot be used with --watch [USAGE]'],
    [['completion'], "missing required argument 'shell'"],
    [['completion', 'tcsh'], "'tcsh' is invalid for argument 'shell'. Allowed choices are bash, zsh, fish."],
  ])('%j', async (argv, message) => {
    const project = folderWith({
      'cdk8s.yaml': 'app: node main.js\n',
      'main.js': 'require("fs").writeFileSync("ran", "");' + appOf(['-/a/a']),
      'dist/a.yaml': 'kind: ConfigMap\n',
    });
    const { code, stdout, stderr } = await seaworthy(project, argv);
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^error: /);
    expect([code, stdout]).toEqual([2, '']);
    expect(filesIn(project)).toEqual(['cdk8s.yaml', 'dist/a.yaml', 'main.js']);
  });

  it('an output folder may be called like a format', async () => {
    expect((await seaworthy(projectOf(appOf(['-/a/a'])), ['synth', '--output', './json'])).code).toBe(0);
  });
});

describe('colours', () => {
  const argv = ['snyth'];
  const escape = '\u001b[';

  it.each<[string, boolean, NodeJS.ProcessEnv, boolean]>([
    ['are shown on a terminal', true, {}, true],
    ['are not shown elsewhere', false, {}, false],
    ['are not shown with NO_COLOR', true, { NO_COLOR: '1' }, false],
    ['are shown with an empty NO_COLOR', true, { NO_COLOR: '' }, true],
    ['are not shown on a dumb terminal', true, { TERM: 'dumb' }, false],
    ['are shown with FORCE_COLOR', false, { FORCE_COLOR: '1' }, true],
    ['are not shown with NO_COLOR and FORCE_COLOR', true, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
  ])('%s', async (_, isTTY, env, expected) => {
    const { stderr } = await seaworthy(nowhere, argv, { isTTY, env });
    expect(stderr.includes(escape)).toBe(expected);
  });

  it('are in the help on a terminal only', async () => {
    expect((await seaworthy(nowhere, ['--help'], { isTTY: true })).stdout).toContain(`${escape}1mUsage:`);
    expect((await seaworthy(nowhere, ['--help'])).stdout).not.toContain(escape);
  });
});

describe('progress', () => {
  const slow = `setTimeout(() => { ${appOf(['-/a/a'])} }, 1300);`;

  it('is shown on a terminal after a second, and gone in the end', async () => {
    const { code, stderr } = await seaworthy(projectOf(slow), ['synth'], {
      isTTY: true,
      env: { NO_COLOR: '1' },
    });
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /^running node main\.js … 1 s\u001b\[K\u001b\[J\r.*\r\u001b\[J1 chart, 1 object → dist\/ .*\n$/s,
    );
  });

  it('is not shown elsewhere', async () => {
    expect((await seaworthy(projectOf(slow), ['synth'])).stderr).toMatch(/^1 chart, 1 object/);
  });
});

describe('stdout', () => {
  async function withStdout(error: NodeJS.ErrnoException) {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- compiled when the test runs
    const { main } = require(join(packageFolder(), 'build', 'cli-main.js')) as {
      main: typeof Main;
    };
    let said = '';
    const stderr = new Writable({
      write: (chunk: Buffer, _, done) => {
        said += chunk.toString();
        done();
      },
    });
    const stdout = new Writable({ write: (_chunk, _encoding, done) => done(error) });
    const io: Io = { stdout, stderr, env: {}, cwd: nowhere };
    return { code: await main(['--help'], io), said };
  }

  it('may be closed by its reader, which is no error', async () => {
    expect(await withStdout(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }))).toEqual({
      code: 0,
      said: '',
    });
  });

  it('is reported when it cannot be written to', async () => {
    const { code, said } = await withStdout(
      Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' }),
    );
    expect(code).toBe(2);
    expect(said).toBe(
      'error: stdout: ENOSPC: no space left [OUTPUT_UNWRITABLE]\n  Free some space, or send the output elsewhere.\n',
    );
  });
});

describe('what the command line of cdk8s gets wrong', () => {
  it('a wrong flag leaves the earlier output as it is', async () => {
    const folder = projectOf(appOf(['production/shop/settings']));
    expect(await seaworthy(folder, ['synth'])).toMatchObject({ code: 0 });
    const before = filesIn(join(folder, 'dist')).map((path) => [path, read(folder, 'dist', path)]);
    expect(before.length).toBeGreaterThan(0);
    for (const wrong of [
      ['--ouput', 'x'],
      ['--timeout', 'soon'],
      ['--environment', 'none'],
      ['--stdout', '--check'],
    ])
      expect(await seaworthy(folder, ['synth', ...wrong])).toMatchObject({ code: 2 });
    expect(filesIn(join(folder, 'dist')).map((path) => [path, read(folder, 'dist', path)])).toEqual(before);
  });

  it('an app has each variable of the environment with its value', async () => {
    const code = appOf(['production/shop/NAME']).replaceAll('"NAME"', '`${process.env.LEVEL}`');
    const folder = projectOf(code);
    const { stdout } = await seaworthy(folder, ['synth', '--stdout'], { env: { LEVEL: 'debug' } });
    expect(stdout).toContain('name: debug\n');
  });
});
