import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Goal } from '../../bench/goals/goal';
import { GOALS } from '../../bench/goals/registry';
import { rowOf, rowsIn, withRows } from '../../bench/goals/table';

const ROOT = join(__dirname, '..', '..');
const PAGE = readFileSync(join(ROOT, 'docs', 'performance.md'), 'utf8');

describe('docs/performance.md', () => {
  it('has a row for each goal, with its limit as it is now', () => {
    expect(withRows(PAGE, GOALS, [])).toBe(PAGE);
    expect(rowsIn(PAGE).map(([what]) => what)).toEqual(GOALS.map(({ what }) => what));
    for (const [index, goal] of GOALS.entries())
      expect(rowsIn(PAGE)[index]?.[4].split(':')[0]).toBe(rowOf(goal, undefined)[4]);
  });

  it('names each benchmark that can be run', () => {
    const names = readdirSync(join(ROOT, 'bench')).filter((file) => file.endsWith('.ts'));
    const run = names.filter((file) =>
      readFileSync(join(ROOT, 'bench', file), 'utf8').includes(`npx jiti bench/${file}`),
    );
    expect(run.length).toBeGreaterThan(10);
    // What is counted there is told on pages of their own.
    const elsewhere = ['compared.ts', 'goals.ts', 'mutations.ts'];
    expect(run.filter((file) => !elsewhere.includes(file) && !PAGE.includes(`bench/${file}`))).toEqual([]);
  });
});

describe('the row of a goal', () => {
  const goal: Goal = { what: 'a run', unit: 'times', limit: 0.8 };

  it('says that a goal is met, or by how much it is missed', () => {
    expect(rowOf(goal, { clock: 0.8, cpu: 1.234, detail: 'both' })).toEqual([
      'a run',
      '0.80',
      '1.23',
      'both',
      'at most 0.80: met',
    ]);
    expect(rowOf(goal, { clock: 1.1, detail: '' })[4]).toBe('at most 0.80: **missed** by 0.30');
    expect(rowOf({ ...goal, unit: 'power' }, { clock: 1, detail: '' })[4]).toContain('missed** by 0.20');
  });

  it('takes the place of the one that the page had, and leaves the others', () => {
    const other: Goal = { what: 'another', unit: 'seconds', limit: 1 };
    const page = 'a\n<!-- begin goals, by npm run bench -->\n<!-- end goals -->\nb\n';
    const both = withRows(page, [goal, other], [rowOf(goal, { clock: 2, detail: '' })]);
    expect(rowsIn(both).map(([what, figure]) => [what, figure])).toEqual([
      ['a run', '2.00'],
      ['another', 'not measured yet'],
    ]);
    const again = withRows(both, [goal, other], [rowOf(other, { clock: 0.5, detail: '' })]);
    expect(rowsIn(again).map(([, figure]) => figure)).toEqual(['2.00', '0.50 s']);
    expect(again.startsWith('a\n') && again.endsWith('\nb\n')).toBe(true);
  });

  it('has no place on a page without marks', () => {
    expect(() => withRows('text', [goal], [])).toThrow('no place for the goals');
  });
});
