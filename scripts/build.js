'use strict';
// Builds the package: the bundle, then the declarations of its entries, from nothing so that no file of an earlier build is published.
const { execFileSync } = require('node:child_process');
const { rmSync } = require('node:fs');
const { join } = require('node:path');
const { bundle, OFFERED } = require('./build/bundle');
const { pruneTypes } = require('./build/types');

const root = join(__dirname, '..');

async function build() {
  rmSync(join(root, 'build'), { recursive: true, force: true });
  await bundle(join(root, 'build'));
  const tsc = require.resolve('typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
  pruneTypes(join(root, 'build', 'types'), OFFERED);
}

build().catch((error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
