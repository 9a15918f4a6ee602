import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commentHead } from '../../scripts/docs/plan-stories';
import { seaworthy } from '../cli/support/cli';

const ROOT = join(__dirname, '..', '..');
const EXAMPLES = join(ROOT, 'examples/plan');
const page = readFileSync(join(ROOT, 'docs/guide/plan.md'), 'utf8');

/** A change of the page: the lines that it shows, the files that it compares, and what the command prints. */
const stories = [
  ...page.matchAll(
    /```diff\n([^`]*)```\n\n<!-- .* -->\n\n```console\n\$ seaworthy (plan (\S+) (\S+))\n([^`]*)```/g,
  ),
].map(([, diff = '', argv = '', before = '', after = '', output = '']) => ({
  diff,
  argv,
  before,
  after,
  output,
}));

it('tells four stories', () => {
  expect(stories.map(({ argv }) => argv)).toEqual([
    'plan image/before.yaml image/after.yaml',
    'plan volume/before.yaml volume/after.yaml',
    'plan rename/before.yaml rename/after.yaml',
    'plan hashed/before.yaml hashed/after.yaml',
  ]);
});

it.each(stories)('shows what seaworthy $argv prints', async ({ argv, output }) => {
  expect((await seaworthy(EXAMPLES, argv.split(' '))).stdout).toBe(output);
});

it.each(stories)('shows how the comment of seaworthy $argv begins', async ({ argv }) => {
  const { stdout } = await seaworthy(EXAMPLES, [...argv.split(' '), '--output', 'markdown']);
  expect(page).toContain(`\n\n${commentHead(stdout)}\n\n<!-- end`);
});

it.each(stories)('shows lines of $before and $after', ({ diff, before, after }) => {
  const lines = (file: string): string[] => readFileSync(join(EXAMPLES, file), 'utf8').split('\n');
  const shown = (sign: string): string[] =>
    diff.split('\n').flatMap((line) => (line.startsWith(sign) ? [line.slice(1)] : []));
  expect(shown('-').length).toBeGreaterThan(1);
  expect(lines(before)).toEqual(expect.arrayContaining(shown('-')));
  expect(lines(after)).toEqual(expect.arrayContaining(shown('+')));
});
