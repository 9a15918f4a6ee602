'use strict';
// Compiles lib/ into build/lib/, starting from nothing so that no file of an earlier build is published.
const { execFileSync } = require('node:child_process');
const { existsSync, readdirSync, rmSync, copyFileSync, mkdirSync } = require('node:fs');
const { dirname, join, relative } = require('node:path');

const root = join(__dirname, '..');
rmSync(join(root, 'build'), { recursive: true, force: true });
execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
});

/** Data files that the compiler leaves behind. */
const DATA = /\.(json|gz|txt)$/;
for (const entry of readdirSync(join(root, 'lib'), { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !DATA.test(entry.name)) continue;
  const from = join(entry.parentPath, entry.name);
  const to = join(root, 'build', 'lib', relative(join(root, 'lib'), from));
  if (existsSync(to)) continue;
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}
