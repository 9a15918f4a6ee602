'use strict';
// `prepare`: builds the package, in a clone and wherever npm, pre-commit or prek install it from git.
const { spawnSync } = require('node:child_process');
const { lstatSync, realpathSync, rmSync } = require('node:fs');
const { join, resolve, sep } = require('node:path');

const root = resolve(__dirname, '..');
const { env } = process;

if (!runsAgain()) prepare();

/**
 * npm runs `npm install` in its clone of a git dependency, and `prepare` with it, then `prepare` before it packs the
 * clone. For the first, it keeps a list of the dependencies that it prepares, this one last.
 */
function runsAgain() {
  const prepared = (env._PACOTE_NO_PREPARE_ ?? '').split('\n').at(-1);
  if (prepared === '') return false;
  const { status, stdout } = spawnSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' });
  return status === 0 && prepared.endsWith(`#${stdout.trim()}`);
}

function prepare() {
  const isMissing = !hasDevDependencies();
  if (isMissing) npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--include=dev', '--no-global']);
  run(process.execPath, [join(__dirname, 'build.js')]);
  if (isForHook()) prepareHook(isMissing);
  removeLinkToClone();
}

function hasDevDependencies() {
  try {
    for (const name of ['rolldown', 'typescript']) require.resolve(name, { paths: [root] });
    return true;
  } catch {
    return false;
  }
}

/** Whether this folder is the clone of pre-commit or prek: the environment that they install into is below it. */
function isForHook() {
  return env.NODE_VIRTUAL_ENV !== undefined && resolve(env.NODE_VIRTUAL_ENV).startsWith(root + sep);
}

/**
 * pre-commit before 4.6.1 takes all that `npm pack` prints for the name of a file, and npm prints the names of the scripts
 * that it runs, unless `foreground-scripts` is off. Without a script it has none to print.
 */
function prepareHook(isInstalledHere) {
  npm(['pkg', 'delete', 'scripts.prepare', '--no-global']);
  if (isInstalledHere) rmSync(join(root, 'node_modules'), { recursive: true, force: true });
}

/**
 * `npm install --global` from git runs `npm install` in its clone with `--global` too, so that no devDependencies are
 * installed (npm/cli#8440) and a link to the clone stands where the package goes. npm then writes the package through
 * the link, and removes the clone.
 */
function removeLinkToClone() {
  if (env.npm_config_global !== 'true' || env.npm_package_resolved === undefined) return;
  const folder = process.platform === 'win32' ? 'node_modules' : join('lib', 'node_modules');
  const place = join(env.npm_config_prefix ?? '', folder, env.npm_package_name ?? '');
  const stats = lstatSync(place, { throwIfNoEntry: false });
  if (stats?.isSymbolicLink() === true && realpathSync(place) === realpathSync(root)) rmSync(place);
}

/** Runs the npm that runs this script. */
function npm(args) {
  const path = env.npm_execpath ?? '';
  if (/npm-cli\.c?js$/.test(path)) run(process.execPath, [path, ...args]);
  else run('npm', args, process.platform === 'win32');
}

/** Its output goes to stderr: that of `npm pack` is data. */
function run(program, args, shell = false) {
  const { status, error } = spawnSync(program, args, { cwd: root, shell, stdio: ['ignore', 2, 2] });
  if (error !== undefined) throw error;
  if (status !== 0) process.exit(status ?? 1);
}
