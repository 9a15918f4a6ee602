'use strict';
const { existsSync, readFileSync } = require('node:fs');
const { join, resolve } = require('node:path');
const { buildGo } = require('../go/build');

const SOURCE = resolve(__dirname, '../../test/cluster/control-plane');

const NO_GO = `Go is missing: it builds the Kubernetes control plane that these tests run on.
Install Go 1.26 or later (https://go.dev/dl), or set one of these:
  KUBEBUILDER_ASSETS=<folder>        with kube-apiserver and etcd ready-made; Go then builds the simulated nodes alone
  SEAWORTHY_TEST_KUBECONFIG=<file>   to run the tests on a cluster that you can throw away`;

/**
 * Builds the control plane, unless the same sources were built before, and returns its file.
 *
 * @param release of Kubernetes, such as `1.37`; there must be a `go-1.37.mod` for it. That of go.mod if it is missing
 */
function build(release) {
  const modules = release === undefined ? 'go' : `go-${release}`;
  const file = join(SOURCE, `${modules}.mod`);
  if (!existsSync(file))
    throw new Error(`there is no control plane of ${release}: ${modules}.mod is missing`);
  // Ready-made components need not be compiled.
  const tags = process.env.KUBEBUILDER_ASSETS === undefined ? '' : 'assets';
  return buildGo('control-plane', {
    source: SOURCE,
    modules,
    flags: ['-trimpath', `-ldflags=${linking(readFileSync(file, 'utf8'))}`, '-tags', tags],
    missing: NO_GO,
    ...(tags === '' && {
      remark: 'building the control plane: this takes about five minutes on two cores the first time',
    }),
  });
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
