'use strict';
// Installs the hooks of the last commit with the real pre-commit, from git as its users do, and runs them. Each version
// here has npm install a package in another way.
const { spawnSync } = require('node:child_process');
const { mkdirSync, mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { dirname, join, resolve } = require('node:path');

const root = resolve(__dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'seaworthy-pre-commit-'));

/** Version of pre-commit, how it has npm install, and whether npm shows the output of scripts (by default: as npm does). */
const VERSIONS = [
  { version: '4.5.1', how: 'npm pack', foregroundScripts: 'true' },
  { version: '4.7.0', how: 'npm install --global git+file://', foregroundScripts: undefined },
];

const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings, namespace: shop }\n';
const APP = `const { App, Chart, ConfigMap } = require(process.env.SEAWORTHY_FOR_TEST);
const app = new App();
new ConfigMap(new Chart(app, 'shop'), 'settings', { data: { A: '1' } });
app.synth();
`;

let passed = 0;
let failed = 0;

function run(program, args, { cwd = folder, env = {} } = {}) {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  return { status, output: `${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}` };
}

function must(program, args, options) {
  const { status, output } = run(program, args, options);
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ends with ${status}\n${output}`);
  return output.trim();
}

/** Something that the machine lacks: Python, its package index, or the history of this folder. */
class Unavailable extends Error {}

function need(...args) {
  try {
    must(...args);
  } catch (error) {
    throw new Unavailable(error.message);
  }
}

/** A repository with `files`, in which the hooks are set up. */
function repository(name, files, hook) {
  const cwd = join(folder, name);
  const revision = must('git', ['rev-parse', 'HEAD'], { cwd: join(folder, 'hooks') });
  const repo = { repo: join(folder, 'hooks'), rev: revision, hooks: [hook] };
  const all = { ...files, '.pre-commit-config.yaml': JSON.stringify({ repos: [repo] }) };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), text);
  }
  must('git', ['init', '-q'], { cwd });
  must('git', ['add', '-A'], { cwd });
  return cwd;
}

/** Runs a hook, which ends with `code` and prints what matches `expected`. */
function hook(name, program, cwd, env, code, expected) {
  const { status, output } = run(program, ['run', '--all-files', '--verbose'], { cwd, env });
  const isRight = status === code && expected.test(output);
  if (isRight) passed++;
  else failed++;
  console.log(isRight ? `ok      ${name}` : `FAILED  ${name} (exit code ${status})\n${output}`);
}

function testVersion({ version, how, foregroundScripts }, hooks) {
  const venv = join(folder, `venv-${version}`);
  need('python3', ['-m', 'venv', venv]);
  const bin = join(venv, process.platform === 'win32' ? 'Scripts' : 'bin');
  need(join(bin, 'pip'), ['-q', 'install', '--disable-pip-version-check', `pre-commit==${version}`]);
  const env = {
    PRE_COMMIT_HOME: join(folder, `home-${version}`),
    SEAWORTHY_FOR_TEST: root,
    ...(foregroundScripts !== undefined && { npm_config_foreground_scripts: foregroundScripts }),
  };
  const program = join(bin, 'pre-commit');
  const named = (what) => `pre-commit ${version} (${how}): ${what}`;
  hook(named('manifests that are fine'), program, hooks.fine, env, 0, /Passed/);
  hook(named('a manifest with an error'), program, hooks.broken, env, 1, /Invalid value: "Settings"/);
  hook(named('an output that is missing'), program, hooks.stale, env, 1, /stale: dist\/shop\.yaml/);
}

try {
  need('git', ['clone', '-q', root, 'hooks']);
  const check = { id: 'seaworthy-check', args: ['deploy/'] };
  const hooks = {
    fine: repository('fine', { 'deploy/a.yaml': CONFIG_MAP }, check),
    broken: repository('broken', { 'deploy/a.yaml': CONFIG_MAP.replace('settings', 'Settings') }, check),
    stale: repository(
      'stale',
      { 'cdk8s.yaml': 'app: node main.js\n', 'main.js': APP },
      { id: 'seaworthy-synth' },
    ),
  };
  for (const version of VERSIONS) testVersion(version, hooks);
} catch (error) {
  if (!(error instanceof Unavailable)) failed++;
  console.log(`${error instanceof Unavailable ? 'SKIPPED' : 'FAILED'}  ${error.message}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
