'use strict';
// Bundles lib/ into a package that can be installed: node compile.js <package folder>.
// `npm run build` writes declarations as well, which takes ten times as long.
const { copyFileSync, cpSync } = require('node:fs');
const { join } = require('node:path');
const { bundle } = require('../../../scripts/build/bundle');

const root = join(__dirname, '..', '..', '..');
const [, , target] = process.argv;

cpSync(join(root, 'bin'), join(target, 'bin'), { recursive: true });
copyFileSync(join(root, 'package.json'), join(target, 'package.json'));
bundle(join(target, 'build')).catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
