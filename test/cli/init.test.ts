import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { filesIn, folderWith, read, removeFolders, seaworthy } from './support/cli';
import { packageFolder } from './support/package';

afterAll(removeFolders);

const root = join(__dirname, '..', '..');

const FILES = [
  '.gitignore',
  'README.md',
  'cdk8s.yaml',
  'hello.test.ts',
  'hello.ts',
  'main.ts',
  'package.json',
  'tsconfig.json',
];

interface PackageJson {
  readonly version: string;
  readonly name?: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta: Readonly<Record<string, unknown>>;
}

/** What `npm install` would do, from what is installed here. */
function install(project: string): void {
  const modules = join(project, 'node_modules');
  mkdirSync(join(modules, '.bin'), { recursive: true });
  for (const name of ['@types', 'cdk8s', 'constructs', 'jest', 'ts-jest', 'typescript']) {
    symlinkSync(join(root, 'node_modules', name), join(modules, name));
  }
  symlinkSync(packageFolder(), join(modules, 'seaworthy'));
}

describe('seaworthy init', () => {
  it('writes a project into a new folder, and says what comes next', async () => {
    const folder = folderWith({});
    const { code, stdout, stderr } = await seaworthy(folder, ['init', 'shop']);
    expect([code, stderr]).toEqual([0, '']);
    expect(filesIn(join(folder, 'shop'))).toEqual(FILES);
    expect(stdout).toContain(
      '\nNext:\n  $ cd shop\n  $ npm install\n  $ npm test\n  $ npx seaworthy synth\n',
    );
    expect(JSON.parse(read(folder, 'shop/package.json'))).toMatchObject({ name: 'shop', private: true });
  });

  it('depends on this version of seaworthy, and on what that is tested with', async () => {
    const folder = folderWith({});
    await seaworthy(folder, ['init']);
    const own = JSON.parse(read(root, 'package.json')) as PackageJson;
    const made = JSON.parse(read(folder, 'package.json')) as PackageJson;
    const isNeeded = ([name]: readonly [string, string]): boolean => !(name in own.peerDependenciesMeta);
    const required = Object.fromEntries(Object.entries(own.peerDependencies).filter(isNeeded));
    expect(made.dependencies).toEqual({ ...required, seaworthy: `^${own.version}` });
    expect(Object.keys(made.devDependencies)).toEqual(
      expect.arrayContaining(['jest', 'ts-jest', 'typescript']),
    );
    expect({ ...own.devDependencies, ...own.dependencies }).toMatchObject(made.devDependencies);
  });

  it('makes a project that passes its own tests and check, and synthesizes', async () => {
    const folder = folderWith({});
    await seaworthy(folder, ['init', '.', '--name', 'my-shop']);
    install(folder);
    const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
    const test = spawnSync(process.execPath, [jest, '--ci'], { cwd: folder, encoding: 'utf8' });
    expect(test.stderr).toMatch(/Tests: +3 passed, 3 total/);
    expect(test.status).toBe(0);
    const check = await seaworthy(folder, ['check']);
    expect([check.code, check.stdout]).toEqual([0, expect.stringMatching(/^\d objects: no findings\n$/)]);
    const synth = await seaworthy(folder, ['synth']);
    expect(synth.stderr).toMatch(/^1 chart, \d objects → dist\/ \(1 written\)/);
    expect(read(folder, 'dist/hello.yaml')).toContain('kind: Deployment');
  });

  it.each([
    ['My Shop!', 'my-shop'],
    ['.hidden', 'hidden'],
    ['jest', 'jest-app'],
    ['日本', 'my-app'],
  ])('names a project in the folder "%s" %s', async (name, expected) => {
    const folder = folderWith({});
    await seaworthy(folder, ['init', name]);
    expect(JSON.parse(read(folder, name, 'package.json'))).toHaveProperty('name', expected);
  });

  it.each([
    ['My Shop', 'is not a package name: expected lower-case letters, digits, "-", "." and "_"', 'my-shop'],
    ['-x', 'is not a package name: expected lower-case letters, digits, "-", "." and "_"', 'x'],
    ['seaworthy', 'is the name of a package that the project depends on', 'seaworthy-app'],
  ])('refuses the name "%s"', async (name, reason, suggestion) => {
    const folder = folderWith({});
    const { code, stderr } = await seaworthy(folder, ['init', `--name=${name}`]);
    expect(code).toBe(2);
    expect(stderr).toBe(`error: --name: "${name}" ${reason} [USAGE]\n  For example: --name ${suggestion}\n`);
    expect(filesIn(folder)).toEqual([]);
  });

  it('refuses a folder that holds something, and says what', async () => {
    const folder = folderWith({ 'a.txt': 'mine', 'b/c': '' });
    const { code, stderr } = await seaworthy(folder, ['init']);
    expect(code).toBe(2);
    expect(stderr).toContain(`${folder}: the folder is not empty: it holds a.txt, b [OUTPUT_NOT_OURS]`);
    expect(filesIn(folder)).toEqual(['a.txt', 'b/c']);
  });

  it('takes a new repository, whose own files stay', async () => {
    const files = {
      '.git/HEAD': '',
      '.github/x.yml': '',
      LICENSE: '',
      'README.md': 'Mine',
      '.gitignore': 'a',
    };
    const folder = folderWith(files);
    const { code, stdout } = await seaworthy(folder, ['init']);
    expect([code, stdout.split('\n')[0]]).toEqual([
      0,
      expect.stringMatching(
        /: package\.json, tsconfig\.json, cdk8s\.yaml, hello\.ts, main\.ts, hello\.test\.ts$/,
      ),
    ]);
    expect([read(folder, 'README.md'), read(folder, '.gitignore')]).toEqual(['Mine', 'a']);
  });

  it('takes a folder that holds only an empty repository', async () => {
    const folder = folderWith({ '.git/HEAD': '' });
    expect((await seaworthy(folder, ['init'])).code).toBe(0);
    expect(JSON.parse(read(folder, 'package.json'))).toHaveProperty('name', basename(folder).toLowerCase());
  });

  it('refuses a file in the place of a folder', async () => {
    const folder = folderWith({ shop: '' });
    expect((await seaworthy(folder, ['init', 'shop'])).stderr).toContain(
      'this is a file, not a folder [OUTPUT_NOT_OURS]',
    );
    expect((await seaworthy(folder, ['init', 'shop/inner'])).stderr).toContain('[OUTPUT_UNWRITABLE]');
  });
});

describe('seaworthy init in a project', () => {
  const PACKAGE = '{\n\t"name": "mine",\n\t"dependencies": { "zod": "1", "constructs": "^10.0.0" }\n}';

  it('adds the packages, cdk8s.yaml and an app, which synthesizes, and changes nothing else', async () => {
    const files = { 'package.json': PACKAGE, 'main.ts': 'mine', 'pnpm-lock.yaml': '', 'src/a.ts': '' };
    const folder = folderWith(files);
    const { code, stdout } = await seaworthy(folder, ['init']);
    expect([code, stdout]).toEqual([
      0,
      'Created cdk8s.yaml and kubernetes/main.ts. Added to package.json: cdk8s, seaworthy, jiti.\n' +
        '\nNext:\n  $ pnpm install\n  $ pnpm exec seaworthy check\n  $ pnpm exec seaworthy synth\n',
    ]);
    expect(filesIn(folder)).toEqual(['cdk8s.yaml', 'kubernetes/main.ts', ...Object.keys(files)].sort());
    expect(read(folder, 'main.ts')).toBe('mine');
    const text = read(folder, 'package.json');
    const made = JSON.parse(text) as PackageJson;
    expect(text).toMatch(/^\{\n\t"name": "mine",\n\t"dependencies": \{\n\t\t"cdk8s": /);
    expect(Object.keys(made.dependencies)).toEqual(['cdk8s', 'constructs', 'seaworthy', 'zod']);
    expect(made.dependencies['constructs']).toBe('^10.0.0');
    install(folder);
    expect((await seaworthy(folder, ['check'])).stdout).toMatch(/^\d objects: no findings\n$/);
    expect((await seaworthy(folder, ['synth'])).code).toBe(0);
    expect(read(folder, 'kubernetes/dist/hello.yaml')).toContain('kind: Deployment');
  });

  it('adds only the packages where there is a cdk8s.yaml, once', async () => {
    const folder = folderWith({ 'package.json': PACKAGE.replaceAll('\n', '\r\n'), 'cdk8s.yaml': 'app: x\n' });
    await seaworthy(folder, ['init']);
    expect(filesIn(folder)).toEqual(['cdk8s.yaml', 'package.json']);
    const made = read(folder, 'package.json');
    expect(made).toMatch(/^\{\r\n\t"name": "mine",\r\n/);
    expect((await seaworthy(folder, ['init'])).stdout).toMatch(
      /^package\.json has all packages that are needed\.\n/,
    );
    expect(read(folder, 'package.json')).toBe(made);
  });

  it.each([
    [{ 'package.json': '{' }, [], 'not JSON [CONFIG_INVALID]'],
    [{ 'package.json': '[]' }, [], 'expected an object, not a list [CONFIG_INVALID]'],
    [
      { 'package.json': '{"dependencies": 1}' },
      [],
      'dependencies: expected an object, not 1 [CONFIG_INVALID]',
    ],
    [{ 'package.json': '{}', 'kubernetes/main.ts': '' }, [], 'and it exists [OUTPUT_NOT_OURS]'],
    [{ 'package.json': '{}' }, ['--name', 'x'], '--name: the project has a name'],
  ])('refuses %j with %j, and writes nothing', async (files, flags, message) => {
    const folder = folderWith(files);
    const { code, stderr } = await seaworthy(folder, ['init', ...flags]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
    expect(filesIn(folder)).toEqual(Object.keys(files).sort());
    expect(read(folder, 'package.json')).toBe(files['package.json']);
  });
});

describe('an app of constructs', () => {
  it('has its problems told with the lines of its own code', async () => {
    const folder = folderWith({});
    await seaworthy(folder, ['init']);
    install(folder);
    writeFileSync(join(folder, 'hello.ts'), read(folder, 'hello.ts').replace('port: 8080', 'port: 99999'));
    const { code, stderr } = await seaworthy(folder, ['synth']);
    expect(code).toBe(2);
    expect(stderr).toContain('[INVALID_PORT]');
    expect(stderr).toMatch(/at hello\.ts:13\n/);
  });

  it('is listed with the lines of its own code', async () => {
    const folder = folderWith({});
    await seaworthy(folder, ['init']);
    install(folder);
    const { stdout } = await seaworthy(folder, ['list']);
    expect(stdout).toMatch(/^hello +\d objects\n/);
    expect(stdout).toMatch(/^ {2}Deployment .* hello\.ts:13$/m);
  });
});
