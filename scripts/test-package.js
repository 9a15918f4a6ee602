'use strict';
// Packs the tarball, installs it in an empty project, and uses it in every way that README names.
// `SEAWORTHY_NODE=/path/to/node` runs the apps with another Node than the one at hand.
const { execFileSync, spawnSync } = require('node:child_process');
const { mkdtempSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join, resolve } = require('node:path');
const { compareWithList } = require('./test-package/contents');
const { vitestWays } = require('./test-package/vitest');

const root = resolve(__dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'seaworthy-package-'));
const project = join(folder, 'project');
const node = process.env.SEAWORTHY_NODE ?? process.execPath;
const npm = (args, cwd) =>
  execFileSync('npm', args, { cwd, stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' });

const TYPESCRIPT = `import { App, Chart, WebService, type WebServiceProps } from 'seaworthy';
const props: WebServiceProps = { image: 'nginx:1.27', port: 8080, replicas: 2 };
const app = new App();
new WebService(new Chart(app, 'hello'), 'web', props);
app.synth();
`;
const ESM = TYPESCRIPT.replace(', type WebServiceProps', '').replace(': WebServiceProps', '');
const COMMONJS = ESM.replace(
  'import { App, Chart, WebService } from',
  'const { App, Chart, WebService } = require(',
).replace("'seaworthy';", "'seaworthy');");
const TEST = `import { App, Chart, WebService, synth } from 'seaworthy';
test('an app renders', () => {
  const app = new App();
  new WebService(new Chart(app, 'hello'), 'web', { image: 'nginx:1.27', port: 8080 });
  const set = synth(app);
  expect(set.get({ kind: 'Deployment' }).id.name).toBe('hello-web');
  expect(set.get({ kind: 'Deployment' }).origin?.source).toMatch(/app\\.test\\.ts:4$/);
});
`;

const NODE10 = `import { App, type WebServiceProps } from 'seaworthy';
import { match, Manifests } from 'seaworthy/testing';
import 'seaworthy/testing/jest';
const props: WebServiceProps = { image: 'nginx:1.27', port: 8080 };
expect(new App()).toHaveResource('Deployment', { spec: match.any() });
// @ts-expect-error -- a kind is text; without the types this is no error, or more than one
expect(new App()).toHaveResource(props);
Manifests.from(new App());
`;

/** The oldest cdk8s-plus that is supported, and the newest. */
const PLUS = ['cdk8s-plus-27', 'cdk8s-plus-34'];

/** An app in which our constructs take objects of cdk8s-plus; it throws where they do not arrive. */
const plusApp = (name) => `import * as kplus from '${name}';
import { App, Chart, keyOf, synth, WebService } from 'seaworthy';
const app = new App();
const chart = new Chart(app, 'shop');
const settings = new kplus.ConfigMap(chart, 'settings', { data: { A: '1' } });
const secret = new kplus.Secret(chart, 'secret', {});
const account = new kplus.ServiceAccount(chart, 'account');
const other = new kplus.Deployment(chart, 'other', { containers: [{ image: 'nginx:1.27', portNumber: 80 }] });
const web = new WebService(chart, 'web', {
  image: 'nginx:1.27', port: 8080, envFrom: [settings], serviceAccount: account,
  env: { P: keyOf(secret, 'p', { optional: true }), Q: secret.envValue('q') }, files: { '/etc/settings': settings },
});
web.connectsTo(other, { port: 80 });
const { object } = synth(app).get({ kind: 'Deployment', name: 'shop-web' });
for (const text of ['"configMapRef":{"name":"shop-settings"}', '"secretKeyRef":{"name":"shop-secret"', '"serviceAccountName":"shop-account"'])
  if (!JSON.stringify(object).replace('"key":"q",', '').includes(text)) throw new Error(text + ' is missing in ' + JSON.stringify(object));
app.synth();
`;

let passed = 0;
const failures = [];

/** Runs `command` and, where `expected` is given, expects it to leave exactly that in the project's dist/. */
function way(name, command, args, expected, cwd = project) {
  rmSync(join(project, 'dist'), { recursive: true, force: true });
  const result = spawnSync(command, args, { cwd, encoding: 'utf8' });
  const written = expected === undefined ? '' : read(join(project, 'dist'));
  if (result.status === 0 && (expected === undefined || written === expected)) {
    passed++;
    console.log(`ok      ${name}`);
    return;
  }
  failures.push(name);
  console.log(`FAILED  ${name} (exit code ${result.status})\n${result.stdout}${result.stderr}${written}`);
}

function read(directory) {
  try {
    const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    return files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8')).join('');
  } catch {
    return '';
  }
}

const bin = (name) => join(project, 'node_modules', '.bin', name);

/** The Node at hand strips types by itself from 22.18 on. */
function stripsTypes() {
  const script =
    'process.exit(process.features.typescript === "strip" || process.features.typescript === "transform" ? 0 : 1)';
  return spawnSync(node, ['-e', script]).status === 0;
}

try {
  mkdirSync(project);
  const [{ filename, files }] = JSON.parse(
    npm(['pack', '--json', '--pack-destination', folder], root).replace(/^[^[]*/s, ''),
  );
  const { added, missing } = compareWithList(files.map(({ path }) => path));
  if (added.length + missing.length > 0)
    throw new Error(`not as test/package/contents.txt has it: ${[...added, ...missing].join(', ')}`);
  const tarball = join(folder, filename);
  const write = (name, content) => writeFileSync(join(project, name), content);
  write('package.json', JSON.stringify({ name: 'empty', private: true }));
  npm(['install', '--no-audit', '--no-fund', '--ignore-scripts', tarball], project);
  const tools = [
    'jest',
    'ts-jest',
    '@swc/jest',
    '@swc/core',
    '@types/jest',
    '@types/node@20',
    'typescript@5',
    'tsx',
  ];
  npm(['install', '--no-audit', '--no-fund', '--ignore-scripts', '-D', ...tools], project);
  write('app.mjs', ESM);
  write('app.cjs', COMMONJS);
  write('app.ts', TYPESCRIPT);
  write('app.test.ts', TEST);
  write(
    'tsconfig.json',
    JSON.stringify({
      compilerOptions: { module: 'nodenext', strict: true, noEmit: true, types: ['jest', 'node'] },
    }),
  );
  write('ts-jest.config.cjs', "module.exports = { transform: { '\\\\.ts$': 'ts-jest' } };");
  write('swc-jest.config.cjs', "module.exports = { transform: { '\\\\.ts$': '@swc/jest' } };");
  write('cdk8s.yaml', 'language: typescript\napp: app.ts\noutput: dist\n');

  spawnSync(node, ['app.cjs'], { cwd: project });
  const expected = read(join(project, 'dist'));
  if (!expected.includes('kind: Deployment')) throw new Error('the app wrote no Deployment');
  way('require, in CommonJS', node, ['app.cjs'], expected);
  way('import, in ESM', node, ['app.mjs'], expected);
  way('TypeScript through tsx', node, ['--import', 'tsx', 'app.ts'], expected);
  if (stripsTypes()) way("TypeScript with Node's type stripping", node, ['app.ts'], expected);
  else console.log(`skipped TypeScript with Node's type stripping: ${node} does not have it`);
  way('TypeScript through seaworthy synth', node, [bin('seaworthy'), 'synth'], expected);
  way('types, checked by tsc', node, [bin('tsc'), '-p', '.']);
  write(
    'node10.json',
    JSON.stringify({
      compilerOptions: {
        module: 'commonjs',
        moduleResolution: 'node10',
        target: 'es2017',
        strict: true,
        noEmit: true,
        types: ['jest'],
      },
      files: ['node10.ts'],
    }),
  );
  write('node10.ts', NODE10);
  way('types under node10, as in projects of cdk8s init', node, [bin('tsc'), '-p', 'node10.json']);
  npm(['install', '--no-audit', '--no-fund', '--ignore-scripts', ...PLUS], project);
  for (const name of PLUS) {
    const file = `${name}.ts`;
    write(file, plusApp(name));
    const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext'];
    way(`types of ${name}`, node, [bin('tsc'), ...options, file]);
    way(`objects of ${name}`, node, [bin('seaworthy'), 'check', '--app', file, '--preset', 'none']);
  }
  way('Jest in CommonJS mode with ts-jest', node, [bin('jest'), '-c', 'ts-jest.config.cjs']);
  way('Jest in CommonJS mode with @swc/jest', node, [bin('jest'), '-c', 'swc-jest.config.cjs']);

  const nodeVersion = Number(
    spawnSync(node, ['-p', 'process.versions.node'], { encoding: 'utf8' }).stdout.split('.')[0],
  );
  vitestWays({ folder, tarball, node, nodeVersion, npm, way });

  // A new project, with the tarball in the place of the version that is not published yet.
  way('seaworthy init', node, [bin('seaworthy'), 'init', 'fresh']);
  const fresh = join(project, 'fresh');
  const manifest = JSON.parse(readFileSync(join(fresh, 'package.json'), 'utf8'));
  for (const kind of ['dependencies', 'devDependencies'])
    if (manifest[kind]?.seaworthy) manifest[kind].seaworthy = tarball;
  writeFileSync(join(fresh, 'package.json'), JSON.stringify(manifest));
  npm(['install', '--no-audit', '--no-fund', '--ignore-scripts'], fresh);
  way('the new project passes its own tests', 'npm', ['test'], undefined, fresh);
  const check = ['--no', 'seaworthy', 'check', '--fail-on', 'info'];
  way('check finds nothing in the new project', 'npx', check, undefined, fresh);
  way('the new project synthesizes', 'npx', ['--no', 'seaworthy', 'synth'], undefined, fresh);
  way('the new project synthesizes with cdk8s', 'npx', ['--yes', 'cdk8s-cli@2', 'synth'], undefined, fresh);
} catch (error) {
  failures.push(error.message);
  console.log(`FAILED  ${error.stack}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length === 0 ? 0 : 1;
