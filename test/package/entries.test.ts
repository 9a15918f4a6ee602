import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageFolder } from '../cli/support/package';

const root = join(__dirname, '..', '..');
const project = mkdtempSync(join(tmpdir(), 'entries-'));

beforeAll(() => {
  mkdirSync(join(project, 'node_modules'));
  symlinkSync(packageFolder(), join(project, 'node_modules', 'seaworthy'));
}, 120_000);

afterAll(() => rmSync(project, { recursive: true }));

interface Manifest {
  readonly exports: Readonly<Record<string, { readonly require?: { readonly types: string } }>>;
  readonly typesVersions: { readonly '*': Readonly<Record<string, readonly string[]>> };
}

test('compilers that do not know `exports` find the types of each entry', () => {
  const { exports, typesVersions } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
  const entries = Object.entries(exports)
    .filter(([name, { require }]) => name !== '.' && require !== undefined)
    .map(([name, { require }]): [string, unknown] => [name.replace('./', ''), [require?.types]]);
  expect(entries.length).toBeGreaterThan(3);
  expect(typesVersions).toEqual({ '*': Object.fromEntries(entries) });
});

/** Runs `code` as an ES module of a project that has the package, and reads what it prints. */
function run(code: string): unknown {
  const args = ['--input-type=module', '-e', code];
  return JSON.parse(execFileSync(process.execPath, args, { cwd: project, encoding: 'utf8' }));
}

test.each(['seaworthy', 'seaworthy/testing', 'seaworthy/testing/coverage'])(
  'import and require of %s give the same things under the same names',
  (entry) => {
    const differing = run(`
      import { createRequire } from 'node:module';
      const required = createRequire(process.cwd() + '/x.js')('${entry}');
      const imported = await import('${entry}');
      const names = new Set([...Object.keys(required), ...Object.keys(imported)]);
      names.delete('__esModule');
      const differing = [...names].filter((name) => required[name] === undefined || required[name] !== imported[name]);
      console.log(JSON.stringify({ differing, some: names.size > 0 }));`);
    expect(differing).toEqual({ differing: [], some: true });
  },
);

test('an app of one is an app for the other, and for the test kit', () => {
  const answer = run(`
    import { createRequire } from 'node:module';
    import { App, Chart, ConfigMap, ManifestSet, SeaworthyError, synth } from 'seaworthy';
    import { hasResource } from 'seaworthy/testing';
    const required = createRequire(process.cwd() + '/x.js')('seaworthy');
    const app = new required.App();
    new ConfigMap(new required.Chart(app, 'a'), 'b', { data: { c: 'd' } });
    let thrown;
    try { required.admit({}, { kubernetes: '0.1' }); } catch (error) { thrown = error; }
    console.log(JSON.stringify([
      app instanceof App, synth(app) instanceof required.ManifestSet, thrown instanceof SeaworthyError,
      hasResource(app, 'ConfigMap').pass,
    ]));`);
  expect(answer).toEqual([true, true, true, true]);
});

test.each([
  ["s.check(s.ManifestSet.parse(''))", 'check-check.js'],
  ["s.plan(s.ManifestSet.parse(''), s.ManifestSet.parse(''))", 'plan-plan.js'],
])('what judges manifests is loaded when it is called: %s', (call, chunk) => {
  const loaded = run(`
    import { createRequire } from 'node:module';
    const require = createRequire(process.cwd() + '/x.js');
    const s = require('seaworthy');
    const has = () => Object.keys(require.cache).some((file) => file.endsWith(${JSON.stringify(`/${chunk}`)}));
    const before = has();
    ${call};
    console.log(JSON.stringify([before, has()]));`);
  expect(loaded).toEqual([false, true]);
});

test('the command line takes the result of an app that runs another installed copy', () => {
  const other = join(project, 'other');
  cpSync(packageFolder(), join(other, 'node_modules', 'seaworthy'), { recursive: true });
  for (const name of ['cdk8s', 'constructs', 're2js', 'yaml'])
    symlinkSync(join(root, 'node_modules', name), join(other, 'node_modules', name));
  writeFileSync(
    join(other, 'app.js'),
    `const { App, Chart, ConfigMap } = require('seaworthy');
     const app = new App();
     new ConfigMap(new Chart(app, 'web'), 'settings', { data: { a: 'b' } });
     app.synth();`,
  );
  writeFileSync(join(other, 'cdk8s.yaml'), 'app: node app.js\noutput: rendered\n');
  const bin = join(packageFolder(), 'bin', 'seaworthy.js');
  const { status, stderr } = spawnSync(process.execPath, [bin, 'synth'], { cwd: other, encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, expect.stringMatching(/^1 chart, 1 object/)]);
  expect(readFileSync(join(other, 'rendered', 'web.yaml'), 'utf8')).toContain('name: web-settings');
});
