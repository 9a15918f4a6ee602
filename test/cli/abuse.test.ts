import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { appOf, folderWith, projectOf, removeFolders, seaworthy } from './support/cli';
import { packageFolder } from './support/package';
import { effort } from '../effort';

afterAll(removeFolders);

const APP = appOf(['-/web/a']);
const MANIFEST = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n';
const LONG = 'n'.repeat(300);
const isRoot = process.getuid?.() === 0;

/** What is done to a folder, what is run there, and the error that it must end with: its code, and what it names. */
type Abuse = readonly [
  what: string,
  prepare: (folder: string) => void,
  argv: readonly string[],
  code: string,
  names: string,
];

const nothing = (): void => undefined;
const config = (text: string) => (folder: string) => writeFileSync(join(folder, 'cdk8s.yaml'), text);

function loop(name: string): (folder: string) => void {
  return (folder) => {
    symlinkSync(name, join(folder, `${name}.link`));
    symlinkSync(`${name}.link`, join(folder, name));
  };
}

const CONFIGS: readonly Abuse[] = [
  ['a loop of links', loop('cdk8s.yaml'), ['synth'], 'CONFIG_INVALID', 'circle'],
  [
    'a loop of links, to a check of files',
    loop('cdk8s.yaml'),
    ['check', 'a.yaml'],
    'CONFIG_INVALID',
    'circle',
  ],
  [
    'a link to nowhere',
    (f) => symlinkSync('nope', join(f, 'cdk8s.yaml')),
    ['list'],
    'CONFIG_INVALID',
    'no such file',
  ],
  ['a folder', (f) => mkdirSync(join(f, 'cdk8s.yaml')), ['synth'], 'CONFIG_INVALID', 'this is a folder'],
  [
    'a named pipe',
    (f) => void execFileSync('mkfifo', [join(f, 'cdk8s.yaml')]),
    ['plan'],
    'CONFIG_INVALID',
    'not a file',
  ],
  [
    'a device',
    (f) => symlinkSync('/dev/zero', join(f, 'cdk8s.yaml')),
    ['plan'],
    'CONFIG_INVALID',
    'not a file',
  ],
  ['binary', config('\u0000\u0001\u0002\u007fELF'), ['check'], 'CONFIG_INVALID', 'cdk8s.yaml'],
  ['a list', config('- a\n'), ['check'], 'CONFIG_INVALID', 'mapping'],
  ['a scalar', config('app\n'), ['check'], 'CONFIG_INVALID', 'mapping'],
  [
    'huge',
    (f) => {
      config('')(f);
      truncateSync(join(f, 'cdk8s.yaml'), 1 << 30);
    },
    ['check'],
    'CONFIG_TOO_LARGE',
    'the limit',
  ],
  ['an app with a NUL', config('app: "node\\0x"\n'), ['synth'], 'CONFIG_INVALID', 'app'],
  [
    'an output with a NUL',
    config('app: node main.js\noutput: "a\\0b"\n'),
    ['synth'],
    'CONFIG_INVALID',
    'output',
  ],
  [
    'an assumed file with a NUL',
    config('app: node main.js\nseaworthy: { check: { assume: "a\\0b" } }\n'),
    ['check'],
    'CONFIG_INVALID',
    'assume',
  ],
  ['a key with an alias to itself', config('app: &a [*a]\n'), ['synth'], 'CONFIG_', 'cdk8s.yaml'],
];

const ARGUMENTS: readonly Abuse[] = [
  ['an empty output', nothing, ['synth', '--output', ''], 'USAGE', '--output'],
  ['a blank output', nothing, ['synth', '--output', ' '], 'USAGE', '--output'],
  ['a blank output with a tab', nothing, ['synth', '--output=\t'], 'USAGE', '--output'],
  ['a blank file of a report', nothing, ['check', 'a.yaml', '--output', 'json= '], 'USAGE', 'file name'],
  ['an empty file of a plan', nothing, ['plan', 'a.yaml', 'a.yaml', '--out', ''], 'USAGE', '--out'],
  ['a blank file of a plan', nothing, ['plan', 'a.yaml', 'a.yaml', '--out', ' '], 'USAGE', '--out'],
  ['a blank app', nothing, ['synth', '--app', ' '], 'USAGE', '--app'],
  ['a blank environment', nothing, ['synth', '--environment', ' '], 'USAGE', '--environment'],
  ['a blank revision', nothing, ['plan', '--base', ' '], 'USAGE', '--base'],
  ['a blank list of CRDs', nothing, ['check', 'a.yaml', '--crds', ' '], 'USAGE', '--crds'],
  ['an empty file to check', nothing, ['check', ''], 'USAGE', 'seaworthy check'],
  ['a blank file to plan', nothing, ['plan', 'a.yaml', ' '], 'USAGE', 'seaworthy plan'],
  ['an empty folder to create', nothing, ['init', ''], 'USAGE', 'seaworthy init'],
  ['a NUL in a file', nothing, ['check', 'a\0b'], 'USAGE', 'argument 2'],
  ['a NUL in an output', nothing, ['synth', '--output', 'a\0b'], 'USAGE', 'argument 3'],
];

const FILES: readonly Abuse[] = [
  ['a loop of links', loop('l.yaml'), ['check', 'l.yaml'], 'INPUT_UNREADABLE', 'circle'],
  [
    'a loop of links in a folder',
    (f) => {
      mkdirSync(join(f, 'd'));
      loop('l.yaml')(join(f, 'd'));
    },
    ['check', 'd'],
    'INPUT_UNREADABLE',
    'no Kubernetes objects',
  ],
  ['a name that is too long', nothing, ['check', `${LONG}.yaml`], 'INPUT_UNREADABLE', 'too long'],
  ['a part that is a file', nothing, ['check', 'a.yaml/b.yaml'], 'INPUT_UNREADABLE', 'a file, not a folder'],
  [
    'a folder without manifests',
    (f) => mkdirSync(join(f, 'd')),
    ['check', 'd'],
    'INPUT_UNREADABLE',
    'no Kubernetes objects',
  ],
  [
    'a binary file',
    (f) => writeFileSync(join(f, 'b.yaml'), Buffer.from([0xff, 0xfe, 0, 1, 2])),
    ['check', 'b.yaml'],
    'manifest/invalid-yaml',
    'b.yaml',
  ],
  ['a plan of a loop', loop('l.yaml'), ['plan', 'l.yaml', 'a.yaml'], 'INPUT_UNREADABLE', 'circle'],
  [
    'assumed objects in a loop',
    loop('l.yaml'),
    ['check', 'a.yaml', '--assume', 'l.yaml'],
    'INPUT_UNREADABLE',
    'circle',
  ],
];

const OUTPUTS: readonly Abuse[] = [
  [
    'a report that is a folder',
    (f) => mkdirSync(join(f, 'd')),
    ['check', 'a.yaml', '-o', 'json=d'],
    'OUTPUT_UNWRITABLE',
    'this is a folder',
  ],
  [
    'a report below a file',
    nothing,
    ['check', 'a.yaml', '-o', 'json=a.yaml/x'],
    'OUTPUT_UNWRITABLE',
    'a file, not a folder',
  ],
  [
    'a report with a name that is too long',
    nothing,
    ['check', 'a.yaml', '-o', `json=${LONG}`],
    'OUTPUT_UNWRITABLE',
    'too long',
  ],
  [
    'a report in a folder that does not exist',
    nothing,
    ['check', 'a.yaml', '-o', 'json=no/x'],
    'OUTPUT_UNWRITABLE',
    'no such file or folder',
  ],
  ['a report in a loop', loop('l'), ['check', 'a.yaml', '-o', 'json=l'], 'OUTPUT_UNWRITABLE', 'circle'],
  ['a full device', nothing, ['check', 'a.yaml', '-o', 'json=/dev/full'], 'OUTPUT_UNWRITABLE', 'no space'],
  [
    'a saved plan that is a folder',
    (f) => mkdirSync(join(f, 'd')),
    ['plan', 'a.yaml', 'a.yaml', '--out', 'd'],
    'OUTPUT_UNWRITABLE',
    'this is a folder',
  ],
  ['an output that is a file', nothing, ['synth', '--output', 'a.yaml'], 'OUTPUT_UNWRITABLE', 'not a folder'],
  ['an output that is a loop', loop('l'), ['synth', '--output', 'l'], 'OUTPUT_UNWRITABLE', 'circle'],
  [
    'an output with a name that is too long',
    nothing,
    ['synth', '--output', LONG],
    'OUTPUT_UNWRITABLE',
    'too long',
  ],
  ['a project below a file', nothing, ['init', 'a.yaml/x'], 'OUTPUT_UNWRITABLE', 'a.yaml'],
  ['a project with a name that is too long', nothing, ['init', LONG], 'OUTPUT_UNWRITABLE', 'too long'],
];

describe.each([
  ['a cdk8s.yaml that is', CONFIGS],
  ['an argument:', ARGUMENTS],
  ['manifests:', FILES],
  ['output:', OUTPUTS],
])('%s', (_, abuses) => {
  it.each(abuses)('%s', async (_, prepare, argv, code, names) => {
    const folder = folderWith({ 'a.yaml': MANIFEST, 'main.js': APP });
    if (abuses !== CONFIGS) config('app: node main.js\n')(folder);
    prepare(folder);
    const answer = await seaworthy(folder, argv);
    // A broken file is a finding, in the report.
    const said = answer.stderr + answer.stdout;
    expect(said).toContain(`[${code}`);
    expect(said).toContain(names);
    expect(answer.stderr).not.toMatch(/internal error|^ {4}at /m);
    expect(answer.code).toBe(2);
  });
});

(isRoot ? describe.skip : describe)('without permission', () => {
  it.each<[string, readonly string[], string]>([
    ['a file', ['check', 'a.yaml'], 'INPUT_UNREADABLE'],
    ['a report', ['check', 'b.yaml', '-o', 'json=a.yaml'], 'OUTPUT_UNWRITABLE'],
  ])('to use %s', async (_, argv, code) => {
    const folder = folderWith({ 'a.yaml': MANIFEST, 'b.yaml': MANIFEST });
    chmodSync(join(folder, 'a.yaml'), 0);
    const { stderr } = await seaworthy(folder, argv);
    expect(stderr).toContain('permission denied');
    expect(stderr).toContain(`[${code}]`);
  });
});

describe('the temporary folder', () => {
  it.each([
    ['does not exist', 'no'],
    ['is a file', 'a.yaml'],
    ['has a name that is too long', LONG],
  ])('%s', async (_, name) => {
    const project = projectOf(APP);
    writeFileSync(join(project, 'a.yaml'), MANIFEST);
    const { code, stderr } = await seaworthy(project, ['synth'], { env: { TMPDIR: join(project, name) } });
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/cannot create a temporary folder.*\[OUTPUT_UNWRITABLE\]/),
    ]);
    expect(stderr).toContain('Set TMPDIR');
  });
});

describe('an app that breaks what Seaworthy needs', () => {
  const handsOver = appOf(['-/web/a']);

  it.each([
    ['JSON.stringify', 'JSON.stringify = () => undefined;'],
    ['JSON.stringify, with an error', "JSON.stringify = () => { throw new Error('no'); };"],
    ['all objects as JSON', 'Object.prototype.toJSON = () => 7;'],
    ['all lists as JSON', 'Array.prototype.toJSON = () => { throw 7; };'],
    [
      'both, for good',
      "for (const it of [Array, Object]) Object.defineProperty(it.prototype, 'toJSON', { value: () => 7 });",
    ],
    [
      'the file system',
      "const fs = require('node:fs'); fs.writeFileSync = fs.openSync = () => { throw new Error('no'); };",
    ],
    ['JSON.parse', 'JSON.parse = () => 7;'],
    ['process.env', 'process.env = {};'],
  ])('is still understood: %s', async (_, code) => {
    // The manifests are in the text of the app; how they get into an object is not what is tested.
    const app = `const receive = () => { ${handsOver} }; const outdir = process.env.CDK8S_OUTDIR; ${code}
      process.env.CDK8S_OUTDIR = outdir; receive();`;
    const {
      code: exit,
      stdout,
      stderr,
    } = await seaworthy(projectOf(app), ['synth', '--stdout', '--no-check']);
    expect([exit, stdout, stderr]).toEqual([
      0,
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n',
      expect.stringMatching(/^1 chart/),
    ]);
  });

  it.each<[string, string]>([
    ['no JSON', "fs.writeFileSync(results + '/app-0001.ndjson', 'x\\n')"],
    ['no objects', "fs.writeFileSync(results + '/app-0001.ndjson', '[]\\n7\\n')"],
    [
      'no manifests',
      'fs.writeFileSync(results + \'/app-0001.ndjson\', \'{}\\n{"object":7}\\n{"end":1}\\n\')',
    ],
    [
      'manifests without metadata',
      'fs.writeFileSync(results + \'/app-0001.ndjson\', \'{}\\n{"object":{}}\\n{"end":1}\\n\')',
    ],
    ['a result that is cut off', "fs.writeFileSync(results + '/app-0001.ndjson', '{}\\n{\"obj')"],
    ['a failure that is cut off', "fs.writeFileSync(results + '/failure-0001.json', '{'); process.exit(1)"],
    ['a folder', "fs.mkdirSync(results + '/app-0001.ndjson')"],
    ['nothing, and removes the folder', 'fs.rmSync(results, { recursive: true })'],
    ['folders that look like files', "fs.mkdirSync(process.env.CDK8S_OUTDIR + '/a.yaml')"],
    ['links that lead in a circle', "fs.symlinkSync('a.yaml', process.env.CDK8S_OUTDIR + '/a.yaml')"],
    [
      'a bigint',
      "globalThis[Symbol.for('seaworthy.host')].receive({ outdir: '', manifests: [{ object: { a: 1n } }] })",
    ],
    [
      'a cycle',
      "const a = {}; a.a = a; globalThis[Symbol.for('seaworthy.host')].receive({ outdir: '', manifests: [a] })",
    ],
    ['what is no list', "globalThis[Symbol.for('seaworthy.host')].receive({ outdir: '', manifests: 7 })"],
    [
      'an error without a stack',
      "const e = new Error(''); e.stack = 7; e.message = {}; e.name = null; throw e",
    ],
    [
      'an error with problems of another shape',
      "throw Object.assign(new Error('x'), { name: 'SeaworthyError', problems: [null, 7] })",
    ],
    ['an error that cannot be read', "throw new Proxy(new Error('x'), { get() { throw new Error('y'); } })"],
    ['null', 'throw null'],
  ])('is an error with a code where it hands over %s', async (_, code) => {
    const app = `const fs = require('node:fs'); const results = process.env.SEAWORTHY_RESULTS; ${code};`;
    const { code: exit, stderr } = await seaworthy(projectOf(app), ['synth']);
    expect(stderr).toMatch(/\[(?:APP_FAILED|APP_SILENT|INPUT_UNREADABLE)\]/);
    expect(stderr).not.toContain('internal error');
    expect(exit).toBe(2);
  });
});

it.each(['init /proc/x', 'synth --output /proc/x/y'])(
  'ends where a folder cannot be created, and is said not to exist: %s',
  async (argv) => {
    const { code, stderr } = await seaworthy(projectOf(APP), argv.split(' '));
    expect([code, stderr]).toEqual([2, expect.stringMatching(/\[OUTPUT_UNWRITABLE\]/)]);
  },
);

it('says that there are too many open files', () => {
  const project = projectOf(APP);
  const command = join(packageFolder(), 'bin', 'seaworthy.js');
  for (const limit of [22, 24, 26, 28, 30].slice(0, effort(1, 5))) {
    const line = `ulimit -n ${limit}; "${process.execPath}" "${command}" synth`;
    const { status, stderr } = spawnSync('bash', ['-c', line], { cwd: project, encoding: 'utf8' });
    expect([0, 2]).toContain(status);
    expect(stderr).not.toMatch(/internal error|^ {4}at /m);
  }
});

it('says that nothing can be written to the temporary folder', () => {
  const project = projectOf(APP);
  const line = `ulimit -f 0; "${process.execPath}" "${join(packageFolder(), 'bin', 'seaworthy.js')}" synth`;
  const { status, stderr } = spawnSync('bash', ['-c', line], { cwd: project, encoding: 'utf8' });
  expect(stderr).toMatch(
    /cannot write to the temporary folder: the file is larger than .*\[OUTPUT_UNWRITABLE\]/,
  );
  expect(stderr).toContain('set TMPDIR');
  expect(stderr).not.toMatch(/^ {4}at /m);
  expect(status).toBe(2);
});
