'use strict';
// Compiles lib/ without checking types into a package that can be installed: node compile.js <package folder>.
// `npm run build` takes ten times as long, and tests shall not need it.
const { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const ts = require('typescript');

const root = join(__dirname, '..', '..', '..');
const target = process.argv[2];
const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);

for (const file of readdirSync(join(root, 'lib'), { recursive: true })) {
  const from = join(root, 'lib', file);
  const to = join(target, 'build', 'lib', file);
  mkdirSync(dirname(to), { recursive: true });
  if (file.endsWith('.test.ts')) continue;
  if (file.endsWith('.ts')) {
    const source = readFileSync(from, 'utf8');
    const compiled = ts.transpileModule(source, { fileName: from, compilerOptions: options });
    writeFileSync(to.replace(/\.ts$/, '.js'), compiled.outputText);
  } else if (/\.(json|gz|txt)$/.test(file)) copyFileSync(from, to);
}
cpSync(join(root, 'bin'), join(target, 'bin'), { recursive: true });
copyFileSync(join(root, 'package.json'), join(target, 'package.json'));
