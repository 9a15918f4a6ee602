/**
 * Lists what the facts in lib name as their source and what changed between two releases of Kubernetes, and the tags
 * that name what is not there:
 *
 *     npm run kube:changes -- 1.35 1.36
 *
 * Ends with 1 when a tag is wrong, and with 2 when it cannot be run.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { changesBetween, wrongTags } from './compare';
import type { Change } from './compare';
import { declarations } from './lookup';
import { Modules } from './modules';
import { tagsBelow } from './tags';

const ROOT = join(__dirname, '../..');
const ROOMS = ['lib/kube', 'lib/apiserver', 'lib/cel', 'lib/graph', 'lib/check', 'lib/plan'];

function main(from: string, to: string): number {
  const tags = ROOMS.map((room) => tagsBelow(ROOT, room));
  const sources = tags.flatMap((each) => each.sources);
  const malformed = tags.flatMap((each) => each.malformed);
  const modules = new Modules(readFileSync(join(ROOT, 'scripts/schema/releases.txt'), 'utf8'));
  const lookup = declarations(sources, [from, to], modules);

  const changes = changesBetween(sources, from, to, lookup);
  for (const change of changes) console.log(describe(change));
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

const [from, to, ...more] = process.argv.slice(2);
if (from === undefined || to === undefined || more.length > 0) {
  console.error('usage: npm run kube:changes -- FROM TO, such as 1.35 1.36');
  process.exitCode = 2;
} else {
  try {
    process.exitCode = main(from, to);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  }
}
