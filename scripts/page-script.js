'use strict';
// Bundles browser/ to the one script of a page, as a text in lib/report/html/script.ts; with --check, says whether it is that
// already. It is kept in the repository, so that reports can be made from sources, and the policy of a page knows its hash.
const { execFileSync } = require('node:child_process');
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');
const target = join(root, 'lib', 'report', 'html', 'script.ts');

async function bundled() {
  const { rolldown } = await import('rolldown');
  const bundle = await rolldown({ cwd: root, input: join(root, 'browser', 'main.ts'), platform: 'browser' });
  const { output } = await bundle.generate({ format: 'iife', minify: true, strict: true });
  const [{ code }] = output;
  if (/<\/script|<!--/i.test(code)) throw new Error('The script would end its own element.');
  return code.trim();
}

async function main() {
  const check = process.argv.includes('--check');
  if (!check)
    execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', 'browser'], {
      cwd: root,
      stdio: 'inherit',
    });
  const lines = [
    '/** The one script of a page: browser/, bundled by `npm run page-script`. */',
    '// prettier-ignore',
    `export const SCRIPT =\n  ${JSON.stringify(await bundled())};`,
    '',
  ];
  const text = lines.join('\n');
  if (!check) return writeFileSync(target, text);
  if (readFileSync(target, 'utf8') !== text)
    throw new Error('lib/report/html/script.ts is not what browser/ makes: npm run page-script');
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
