/**
 * Lists what the facts in lib name as their source and what changed between two releases of Kubernetes, and the tags
 * that name what is not there:
 *
 *     npm run kube:changes -- 1.35 1.36 [--diff]
 *
 * With --diff it shows the code that changed, too. Ends with 1 when a tag is wrong, and with 2 when it cannot be run.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { changesBetween, wrongTags } from './compare';
import type { Change } from './compare';
import { declarations } from './lookup';
import { Modules } from './modules';
import { tagsBelow } from './tags';

const ROOT = join(__dirname, '../..');
const ROOMS = ['lib/kube', 'lib/apiserver', 'lib/cel', 'lib/graph', 'lib/check', 'lib/plan'];

function main(from: string, to: string, showsCode: boolean): number {
  const tags = ROOMS.map((room) => tagsBelow(ROOT, room));
  const sources = tags.flatMap((each) => each.sources);
  const malformed = tags.flatMap((each) => each.malformed);
  const modules = new Modules(readFileSync(join(ROOT, 'scripts/schema/releases.txt'), 'utf8'));
  const lookup = declarations(sources, [from, to], modules);

  const changes = changesBetween(sources, from, to, lookup);
  for (const change of changes) {
    console.log(describe(change));
    if (showsCode) console.log(difference(change.code));
  }
  const wrong = [...malformed.map((line) => `not a tag: ${line}`), ...wrongTags(sources, lookup)];
  for (const line of wrong) console.log(line);
  const names = new Set(
    sources.flatMap(({ module, file, names }) => names.map((name) => `${module} ${file} ${name}`)),
  );
  console.log(
    `${changes.length} of ${names.size} declarations differ between ${from} and ${to}; ${wrong.length} wrong tags`,
  );
  return wrong.length === 0 ? 0 : 1;
}

function describe({ module, file, name, kind, to, users }: Change): string {
  const where = to === undefined ? '' : `, now in ${to}`;
  return [`${kind}  ${name}  ${module} ${file}${where}`, ...users.map((user) => `    ${user}`)].join('\n');
}

/** What `git diff` shows of two pieces of code, without the lines that name the files. */
function difference([before, after]: Change['code']): string {
  const folder = mkdtempSync(join(tmpdir(), 'upstream-'));
  try {
    const files = [before, after].map((code, index) => {
      const file = join(folder, `${index}.go`);
      writeFileSync(file, `${code}\n`);
      return file;
    });
    const { stdout } = spawnSync('git', ['diff', '--no-index', '--ignore-all-space', ...files], {
      encoding: 'utf8',
    });
    return stdout.split('\n').slice(4).join('\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { diff: { type: 'boolean' } } });
const [from, to, ...more] = positionals;
if (from === undefined || to === undefined || more.length > 0) {
  console.error('usage: npm run kube:changes -- FROM TO [--diff], such as 1.35 1.36');
  process.exitCode = 2;
} else {
  try {
    process.exitCode = main(from, to, values.diff === true);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  }
}
