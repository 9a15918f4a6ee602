/**
 * The goals of docs/performance.md beside what this machine reaches, in one table: `npm run bench`, or
 *
 *   npx jiti bench/goals.ts [rounds] [bench…] [--all] [--write]
 *
 * Without names it runs the benches that take seconds; `--all` adds those that take minutes. `--write` puts the rows of what
 * was measured into docs/performance.md. Each runs whole processes, one after the other, round after round.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BENCHES, GOALS } from './goals/registry';
import { rowOf, withRows, type Row } from './goals/table';
import { printTable, printTitle, progress, requireBuild, ROOT } from './measure';

const PAGE = join(ROOT, 'docs', 'performance.md');

void run(process.argv.slice(2));

async function run(words: readonly string[]): Promise<void> {
  requireBuild();
  const given = words.filter((word) => !word.startsWith('--'));
  const rounds = Number(given.find((word) => /^\d+$/.test(word)) ?? 3);
  const asked = given.filter((word) => !/^\d+$/.test(word));
  const unknown = asked.filter((name) => !BENCHES.some((bench) => bench.name === name));
  if (unknown.length > 0) {
    console.error(`no bench is called ${unknown.join(', ')}: ${BENCHES.map(({ name }) => name).join(', ')}`);
    process.exit(2);
  }
  const chosen = BENCHES.filter(({ name, slow = false }) =>
    asked.length > 0 ? asked.includes(name) : !slow || words.includes('--all'),
  );
  const rows: Row[] = [];
  for (const { name, goals, measure } of chosen) {
    progress(name);
    const figures = await measure(rounds);
    for (const [key, goal] of Object.entries(goals)) rows.push(rowOf(goal, figures[key]));
  }
  printTitle('Goals', rounds);
  printTable(['', 'by the clock', 'by CPU', 'measured', 'goal'], rows);
  const measured = rows.filter(([, figure]) => figure !== 'not measured yet');
  if (words.includes('--write')) writeFileSync(PAGE, withRows(readFileSync(PAGE, 'utf8'), GOALS, measured));
}
