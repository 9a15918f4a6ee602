'use strict';
const { spawnSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } = require('node:fs');
const { homedir } = require('node:os');
const { join, resolve } = require('node:path');

const SOURCE = resolve(__dirname, '../../test/cluster/control-plane');

const NO_GO = `Go is missing: it builds the Kubernetes control plane that these tests run on.
Install Go 1.26 or later (https://go.dev/dl), or set one of these:
  KUBEBUILDER_ASSETS=<folder>        with kube-apiserver and etcd ready-made; Go then builds the simulated nodes alone
  SEAWORTHY_TEST_KUBECONFIG=<file>   to run the tests on a cluster that you can throw away`;

/** Builds the control plane, unless the same sources were built before, and returns its file. */
function build() {
  // Ready-made components need not be compiled.
  const tags = process.env.KUBEBUILDER_ASSETS === undefined ? '' : 'assets';
  const files = readdirSync(SOURCE).sort();
  const flags = [
    '-trimpath',
    `-ldflags=${linking(readFileSync(join(SOURCE, 'go.mod'), 'utf8'))}`,
    '-tags',
    tags,
  ];
  const hash = createHash('sha256').update(flags.join());
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(join(SOURCE, file)));
  const folder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'seaworthy');
  const binary = join(folder, `control-plane-${hash.digest('hex').slice(0, 16)}`);
  if (existsSync(binary)) return binary;
  mkdirSync(folder, { recursive: true });
  if (tags === '')
    console.error('building the control plane: this takes about five minutes on two cores the first time');
  const unfinished = `${binary}.${process.pid}`;
  const go = spawnSync('go', ['build', ...flags, '-o', unfinished, '.'], { cwd: SOURCE, stdio: 'inherit' });
  if (go.error?.code === 'ENOENT') throw new Error(NO_GO);
  if (go.error !== undefined) throw go.error;
  if (go.status !== 0) throw new Error('the control plane does not build');
  renameSync(unfinished, binary);
  return binary;
}

/** Without debug information it is half as large, and is linked faster. Kubernetes knows its version from the linker alone. */
function linking(modules) {
  const [, version, major, minor] = /^\s*k8s\.io\/kubernetes (v(\d+)\.(\d+)\.\S+)$/m.exec(modules) ?? [];
  const facts = { gitVersion: version, gitMajor: major, gitMinor: minor };
  const set = Object.entries(facts).map(
    ([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`,
  );
  return ['-s', '-w', ...set].join(' ');
}

module.exports = { build };
