import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { parse } from 'yaml';
import { folderWith, read, removeFolders, seaworthy } from '../cli/support/cli';

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

it('tells three stories', () => {
  expect(stories.map(({ argv }) => argv)).toEqual([
    'plan image/before.yaml image/after.yaml',
    'plan volume/before.yaml volume/after.yaml',
    'plan rename/before.yaml rename/after.yaml',
  ]);
});

it.each(stories)('shows what seaworthy $argv prints', async ({ argv, output }) => {
  expect((await seaworthy(EXAMPLES, argv.split(' '))).stdout).toBe(output);
});

it.each(stories)('shows lines of $before and $after', ({ diff, before, after }) => {
  const lines = (file: string): string[] => readFileSync(join(EXAMPLES, file), 'utf8').split('\n');
  const shown = (sign: string): string[] =>
    diff.split('\n').flatMap((line) => (line.startsWith(sign) ? [line.slice(1)] : []));
  expect(shown('-').length).toBeGreaterThan(1);
  expect(lines(before)).toEqual(expect.arrayContaining(shown('-')));
  expect(lines(after)).toEqual(expect.arrayContaining(shown('+')));
});

interface Action {
  readonly runs: { readonly steps: readonly { readonly id?: string; readonly run?: string }[] };
}

const { runs } = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as Action;
const step = (finds: (step: Action['runs']['steps'][number]) => boolean): string =>
  runs.steps.find(finds)?.run ?? '';

/** Runs a step of the GitHub Action in `folder`, with a `seaworthy` or `gh` of the test's making. */
function runStep(script: string, folder: string, env: Readonly<Record<string, string>>) {
  const path = `${join(folder, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`;
  const around = { GITHUB_STEP_SUMMARY: join(folder, 'summary.md'), GITHUB_OUTPUT: join(folder, 'output') };
  return spawnSync('bash', ['-eo', 'pipefail', '-c', script], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: path, ...around, ...env },
  });
}

describe('the GitHub Action', () => {
  afterAll(removeFolders);

  it('plans against the revision that it is given, and keeps the exit code for the last step', () => {
    const program = `#!/bin/sh\nshift 2\necho "$@" > argv\necho '<!-- seaworthy plan -->' > "$REPORT"\nexit 1\n`;
    const folder = folderWith({ 'bin/npx': program });
    chmodSync(join(folder, 'bin/npx'), 0o755);
    const env = { BASE: 'origin/main', ARGUMENTS: '--fail-on none', PACKAGE: 'seaworthy' };
    const { status } = runStep(
      step(({ id }) => id === 'plan'),
      folder,
      { ...env, REPORT: join(folder, 'plan.md') },
    );
    expect(status).toBe(0);
    expect(read(folder, 'argv')).toBe(
      `plan --base origin/main --fail-on none --output text --output markdown=${join(folder, 'plan.md')}\n`,
    );
    expect(read(folder, 'output')).toBe('code=1\n');
    expect(read(folder, 'summary.md')).toContain('seaworthy plan');
  });

  it('updates the comment that begins like its report, and posts one where there is none', () => {
    // Of the two comments, only that of check is there.
    const gh = `#!/bin/sh\ncase "$*" in *--jq*seaworthy\\ check*) echo 7;; *--jq*) ;; *) echo "$@" >> calls;; esac\n`;
    const folder = folderWith({
      'bin/gh': gh,
      'seaworthy.md': '<!-- seaworthy check -->\n',
      'seaworthy-plan.md': '<!-- seaworthy plan -->\n',
    });
    chmodSync(join(folder, 'bin/gh'), 0o755);
    const env = { COMMENTS: 'all', COMMENT: 'one', REPORTS: folder };
    const { status } = runStep(
      step(({ run }) => run?.includes('gh api') === true),
      folder,
      env,
    );
    expect(status).toBe(0);
    expect(read(folder, 'calls')).toBe(
      `api --silent -X PATCH one/7 -F body=@${folder}/seaworthy.md\n` +
        `api --silent -X POST all -F body=@${folder}/seaworthy-plan.md\n`,
    );
  });

  it.each([
    ['0', '0', 0],
    ['1', '0', 1],
    ['0', '1', 1],
    ['2', '1', 2],
  ])('ends with the code of check, %s, or else of the plan, %s', (CODE, PLAN, code) => {
    const script = runs.steps.at(-1)?.run ?? '';
    expect(runStep(script, folderWith({}), { CODE, PLAN }).status).toBe(code);
  });
});
