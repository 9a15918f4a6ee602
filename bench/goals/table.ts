import type { Figure, Goal, Unit } from './goal';

/** The row of a goal in docs/performance.md. */
export type Row = readonly [what: string, figure: string, byCpu: string, detail: string, goal: string];

const HEAD: Row = ['what', 'by the clock', 'by processor time', 'measured', 'goal'];

const MARKED = /(<!-- begin goals, by npm run bench -->\n)[^]*?(<!-- end goals -->)/;

/** What a row says of a goal that nothing was measured for. */
const UNMEASURED = 'not measured yet';

const SHOWN: Readonly<Record<Unit, (value: number) => string>> = {
  times: (value) => value.toFixed(2),
  seconds: (value) => `${value.toFixed(2)} s`,
  power: (value) => `n^${value.toFixed(2)}`,
  megabytes: (value) => `${Math.round(value)} MB`,
};

/** The row for a figure, and whether the goal is met by the clock. */
export function rowOf(goal: Goal, figure: Figure | undefined): Row {
  const shown = SHOWN[goal.unit];
  const limit = `at most ${shown(goal.limit)}`;
  if (figure === undefined) return [goal.what, UNMEASURED, '', '', limit];
  const { clock, cpu, detail } = figure;
  const verdict =
    clock <= goal.limit ? 'met' : `**missed** by ${shown(clock - goal.limit).replace('n^', '')}`;
  return [goal.what, shown(clock), cpu === undefined ? '' : shown(cpu), detail, `${limit}: ${verdict}`];
}

/**
 * The page with `rows` in its table; those of other goals stay as they are, and a goal without one gets a row that says so.
 *
 * @throws Error where the page has no place for the table
 */
export function withRows(page: string, goals: readonly Goal[], rows: readonly Row[]): string {
  if (!MARKED.test(page)) throw new Error('docs/performance.md has no place for the goals');
  const known = new Map([...rowsIn(page), ...rows].map((row) => [row[0], row]));
  const all = goals.map((goal) => known.get(goal.what) ?? rowOf(goal, undefined));
  const table = [HEAD, HEAD.map(() => '---'), ...all].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  return page.replace(MARKED, (_, begin: string, end: string) => `${begin}\n${table}\n\n${end}`);
}

/** The rows of the table of a page. */
export function rowsIn(page: string): Row[] {
  const lines = MARKED.exec(page)?.[0].split('\n') ?? [];
  const cells = lines.filter((line) => line.startsWith('| ')).map((line) => line.slice(2, -2).split(' | '));
  return cells
    .slice(2)
    .map(([what = '', figure = '', byCpu = '', detail = '', goal = '']) => [
      what.trim(),
      figure.trim(),
      byCpu.trim(),
      detail.trim(),
      goal.trim(),
    ]);
}
