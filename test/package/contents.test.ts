import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { compareWithList } from '../../scripts/test-package/contents';

const root = join(__dirname, '..', '..');

interface Packed {
  readonly size: number;
  readonly unpackedSize: number;
  readonly bundled: readonly string[];
  readonly files: readonly { readonly path: string; readonly mode: number }[];
}

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies?: unknown;
}

interface Lock {
  readonly packages: Readonly<
    Record<string, { readonly dev?: boolean; readonly peer?: boolean; readonly hasInstallScript?: boolean }>
  >;
}

/** What `npm pack` would put into the tarball. */
function packed(): Packed {
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts', '--offline'];
  const [tarball] = JSON.parse(execFileSync('npm', args, { cwd: root, encoding: 'utf8' })) as [Packed];
  return tarball;
}

const readJson = (file: string): unknown => JSON.parse(readFileSync(join(root, file), 'utf8'));

/** Files and folders that a page links to, from the root of the package. */
function linksOf(page: string): string[] {
  const text = readFileSync(join(root, page), 'utf8').replace(/```[^]*?```/g, '');
  const targets = [...text.matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)].map(([, target = '']) => target);
  return targets
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => posix.normalize(posix.join(posix.dirname(page), target)));
}

const tarball = packed();
const files = tarball.files.map(({ path }) => path);
/** Without a build, the package has all other files. */
const isBuilt = existsSync(join(root, 'build', 'index.js'));
const pages = files.filter((file) => file.endsWith('.md'));

test('links between pages lead to files of the package', () => {
  const dead = pages.flatMap((page) =>
    linksOf(page)
      .filter((target) => !files.some((file) => file === target || file.startsWith(`${target}/`)))
      .map((target) => `${page} → ${target}`),
  );
  expect(dead).toEqual([]);
  expect(pages.flatMap(linksOf).length).toBeGreaterThan(20);
});

test('the package has the files of the list, and no others', () => {
  const { added, missing } = compareWithList(files);
  expect(added).toEqual([]);
  expect(missing.filter((line) => isBuilt || !line.startsWith('build/'))).toEqual([]);
});

test.each([
  '.env',
  'docs/.env',
  'docs/guide/.secret.md',
  'build/.cache/a.js',
  'build/types/.hidden/a.d.ts',
  'build/index.js.map',
  'build/types/a.ts',
  'build/a/b.js',
  'lib/index.ts',
  'test/app.test.ts',
  'bin/other.js',
  'examples/testing/deep/a.ts',
  'xdocs/a.md',
  'README.md.bak',
])('the list does not have %s', (file) => expect(compareWithList([file]).added).toEqual([file]));

test('the list has folders of any depth where it says so', () => {
  const some = ['build/types/index.d.ts', 'build/types/cli/check/check.d.ts', 'docs/guide/check.md'];
  expect(compareWithList(some).added).toEqual([]);
});

test('the build has no tests', () => {
  expect(files.filter((file) => file.startsWith('build/') && file.includes('.test.'))).toEqual([]);
});

test('the package holds the code of no other packages but commander and yaml', () => {
  const others = files.filter((file) => file.startsWith('build/package-'));
  expect(others).toEqual(isBuilt ? ['build/package-commander.js', 'build/package-yaml.js'] : []);
  expect(tarball.bundled).toEqual([]);
});

/** In bytes. Half of it is what Kubernetes accepts, whose data grows with each release: of it, a process loads what it asks for. */
const LIMITS = { packed: 2_000_000, unpacked: 8_000_000 };

test('the package is small, and only its command is a program', () => {
  expect(tarball.size).toBeLessThan(LIMITS.packed);
  expect(tarball.unpackedSize).toBeLessThan(LIMITS.unpacked);
  const programs = tarball.files.filter(({ mode }) => (mode & 0o111) !== 0).map(({ path }) => path);
  expect(programs).toEqual(['bin/seaworthy.js']);
});

test('nothing runs when the package is installed, nor any package that it depends on', () => {
  const { scripts } = readJson('package.json') as Manifest;
  const atInstall = ['preinstall', 'install', 'postinstall', 'prepublish', 'preprepare', 'postprepare'];
  expect(Object.keys(scripts).filter((name) => atInstall.includes(name))).toEqual([]);
  const { packages } = readJson('package-lock.json') as Lock;
  const installed = Object.entries(packages).filter(([path, { dev }]) => path !== '' && dev !== true);
  expect(installed.length).toBeGreaterThan(5);
  expect(installed.filter(([, { hasInstallScript }]) => hasInstallScript === true)).toEqual([]);
});

test('the package depends on what docs/dependencies.md gives the reasons for', () => {
  const { dependencies, peerDependencies, optionalDependencies } = readJson('package.json') as Manifest;
  const [, atRunTime = ''] =
    /## At run time\n([^]*?)\n## /.exec(readFileSync(join(root, 'docs/dependencies.md'), 'utf8')) ?? [];
  const rows = [...atRunTime.matchAll(/^\| `([^`]+)`( [\d.]+)?( \((?:optional )?peer\))? \|/gm)];
  const named = (isPeer: boolean) =>
    rows.filter(([, , , peer]) => (peer !== undefined) === isPeer).map(([, name]) => name);
  expect(named(false).sort()).toEqual(Object.keys(dependencies).sort());
  expect(named(true).sort()).toEqual(Object.keys(peerDependencies).sort());
  expect(optionalDependencies).toBeUndefined();
});
