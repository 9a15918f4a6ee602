import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { removeFolders } from '../cli/support/cli';
import { packageFolder } from '../cli/support/package';
import { evaluate, interpolate } from './expression';
import { gh, type Comment } from './github';
import { action, ROOT, runAction, type Job } from './runner';

beforeAll(() => void packageFolder(), 120_000);
afterAll(removeFolders);

const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
const BIN = 'node_modules/.bin/seaworthy';

/** What the action finds the comments of a use by. */
const KEY = /(?<=<!-- seaworthy \w+ )[0-9a-f]{12}(?= -->)/g;

/** Each use of the action has a folder. */
const OWN_FOLDER = /seaworthy-\w{6}/;

/** A seaworthy that writes its Markdown report and ends with a code. */
function program(codes: Readonly<Record<string, number>> = {}): string {
  return `
const [command] = process.argv.slice(2);
const report = process.argv.map((word) => /^markdown=(.*)/.exec(word)?.[1]).find(Boolean);
const code = ${JSON.stringify(codes)}[command] ?? 0;
if (code < 2) require('node:fs').writeFileSync(report, '<!-- seaworthy ' + command + ' -->\\n' + '### ' + command + ' ends with ' + code + '\\n');
process.exitCode = code;`;
}

/** Runs the action with a program of the project that only notes how it is called. */
function run(
  job: Job & { readonly codes?: Readonly<Record<string, number>>; readonly gh?: Parameters<typeof gh>[0] },
) {
  const programs = { [BIN]: program(job.codes), gh: gh(job.gh ?? {}), ...job.programs };
  const outcome = runAction({ ...job, programs });
  const comments = join(outcome.folder, 'comments.json');
  return {
    ...outcome,
    /** The command lines of seaworthy, with short names for the reports. */
    ran: outcome.calls
      .filter(([name]) => name === BIN || name === 'npx')
      .map((words) => words.map((word) => word.replace(`${outcome.folder}/`, '').replace(OWN_FOLDER, 'own'))),
    comments: existsSync(comments) ? (JSON.parse(readFileSync(comments, 'utf8')) as Comment[]) : [],
  };
}

const OUTPUTS = ['--output', 'github', '--output', 'markdown=temp/own/check.written.md'];
const CHECK = [BIN, 'check', ...OUTPUTS];
const PLAN_OUTPUTS = ['--output', 'text', '--output', 'markdown=temp/own/plan.written.md'];

describe('the inputs', () => {
  it('are read whole: files of several lines, and the arguments', () => {
    const { ran } = run({
      inputs: { files: 'deploy/\nbase/ extra.yaml\n', arguments: '--fail-on warning\n--preset strict' },
    });
    expect(ran).toEqual([
      [
        BIN,
        'check',
        '--fail-on',
        'warning',
        '--preset',
        'strict',
        ...OUTPUTS,
        '--',
        'deploy/',
        'base/',
        'extra.yaml',
      ],
    ]);
  });

  it('may be empty: the app is checked', () => {
    expect(run({}).ran).toEqual([[...CHECK, '--']]);
    expect(run({ inputs: { files: ' \n ', arguments: '\n' } }).ran).toEqual([[...CHECK, '--']]);
  });

  it('are words, with quotes for spaces; nothing is expanded or run', () => {
    const files = `"my file.yaml" 'a  b'/c *.yaml $HOME $(touch ran) \`touch ran\` ; touch ran é`;
    const { ran, folder } = run({ inputs: { files }, files: { 'a.yaml': '', 'b.yaml': '' } });
    expect(ran[0]?.slice(CHECK.length)).toEqual([
      '--',
      'my file.yaml',
      'a  b/c',
      '*.yaml',
      '$HOME',
      '$(touch',
      'ran)',
      '`touch',
      'ran`',
      ';',
      'touch',
      'ran',
      'é',
    ]);
    expect(existsSync(join(folder, 'checkout', 'ran'))).toBe(false);
  });

  it('never make an option of a file name', () => {
    const { ran } = run({ inputs: { files: 'a.yaml\n--plugin=evil.js\n-n' } });
    expect(ran[0]?.slice(CHECK.length)).toEqual(['--', 'a.yaml', '--plugin=evil.js', '-n']);
  });

  it.each([{ files: "it's.yaml" }, { arguments: '--rule "a' }, { 'plan-arguments': '"', plan: 'main' }])(
    'with an open quote fail: %j',
    (inputs) => {
      const { code, log } = run({ inputs });
      expect([code, log]).toEqual([2, expect.stringContaining('::error title=seaworthy::a quote in ')]);
    },
  );

  it('for the plan and for SARIF reach the program', () => {
    const { ran } = run({
      inputs: {
        sarif: 'my report.sarif',
        plan: 'origin/main',
        'plan-arguments': '--fail-on\ndowntime --full',
      },
    });
    expect(ran).toEqual([
      [...CHECK, '--output', 'sarif=checkout/my report.sarif', '--'],
      [BIN, 'plan', '--base', 'origin/main', '--fail-on', 'downtime', '--full', ...PLAN_OUTPUTS],
    ]);
  });
});

describe('the program', () => {
  it("is the project's own, or else the package of this version", () => {
    const npx = { npx: program() };
    expect(run({ inputs: { plan: 'origin/main' }, programs: npx }).calls.map(([name]) => name)).not.toContain(
      'npx',
    );
    for (const inputs of [{}, { package: 'seaworthy' }]) {
      const job = { inputs: { ...inputs, plan: 'origin/main' }, event: 'push', programs: npx };
      expect(runAction(job).calls.map((words) => words.slice(0, 4))).toEqual([
        ['npx', '--yes', `seaworthy@${version}`, 'check'],
        ['npx', '--yes', `seaworthy@${version}`, 'plan'],
      ]);
    }
  });

  it.each(['seaworthy@', 'seaworthy-fork', '@acme/seaworthy', ''])(
    'is refused without a version: %j',
    (name) => {
      const { code, log, calls } = runAction({ inputs: { package: name }, programs: { npx: program() } });
      expect([code, calls]).toEqual([2, []]);
      expect(log).toContain('::error title=seaworthy::package needs a version');
    },
  );

  it.each(['@acme/seaworthy@1.2.3', './seaworthy.tgz', 'github:acme/seaworthy#1234567'])(
    'may be %s',
    (name) => {
      const { code, calls } = runAction({
        event: 'push',
        inputs: { package: name },
        programs: { npx: program() },
      });
      expect([code, calls[0]?.slice(0, 3)]).toEqual([0, ['npx', '--yes', name]]);
    },
  );
});

describe('where the program is found', () => {
  const INSTALLED = 'node_modules/.bin/seaworthy';
  const note = (where: string) => `require('node:fs').writeFileSync(process.env.HOME + '/ran', '${where}');`;
  const ran = (job: Job) => {
    const { folder } = runAction({ event: 'push', ...job });
    return existsSync(join(folder, 'ran')) ? readFileSync(join(folder, 'ran'), 'utf8') : undefined;
  };
  const inputs = { 'working-directory': 'apps/shop' };
  const program = (where: string) => `#!${process.execPath}\n${note(where)}\n`;

  it('is the nearest node_modules, up to the top of the checkout', () => {
    const files = { 'apps/shop/main.ts': '' };
    const npx = { npx: note('npx') };
    const [above, near] = [
      { beside: { [`checkout/${INSTALLED}`]: program('top') } },
      `apps/shop/${INSTALLED}`,
    ];
    expect(ran({ inputs, files, programs: npx, ...above })).toBe('top');
    expect(ran({ inputs, files, programs: { ...npx, [near]: note('near') }, ...above })).toBe('near');
    expect(ran({ inputs, files, programs: npx, beside: { [INSTALLED]: program('outside') } })).toBe('npx');
  });

  it("is where Yarn's Plug'n'Play has it, whose files are loaded first", () => {
    const pnp = `
      const Module = require('node:module');
      const resolve = Module._resolveFilename;
      process.env.LOADED = 'loaded';
      Module._resolveFilename = (name, ...rest) =>
        name === 'seaworthy/package.json' ? __dirname + '/cache/seaworthy/package.json' : resolve(name, ...rest);`;
    const files = {
      'a b/.pnp.cjs': pnp,
      'a b/.pnp.loader.mjs': "process.env.LOADED += ' and the loader';",
      'a b/cache/seaworthy/bin/seaworthy.js':
        "require('node:fs').writeFileSync(process.env.HOME + '/ran', process.env.LOADED + process.argv[2]);",
      'a b/apps/shop/main.ts': '',
    };
    expect(ran({ inputs: { 'working-directory': 'a b/apps/shop' }, files })).toMatch(/^loaded.*check$/);
    const without = { ...files, 'a b/.pnp.cjs': '' };
    const programs = { npx: note('npx') };
    expect(ran({ inputs: { 'working-directory': 'a b/apps/shop' }, files: without, programs })).toBe('npx');
  });

  describe('the Node.js that runs it', () => {
    const PATHS = `require('node:fs').writeFileSync(process.env.HOME + '/ran', process.env.PATH);`;
    const old = 'process.exitCode = 1;';
    const script = (code: string) => `#!/bin/sh\n${code} "$@"\n`;

    it('is that of the runner, if it is new enough', () => {
      const { outputs, path } = runAction({ event: 'push', programs: { [INSTALLED]: PATHS } });
      expect([outputs['node.folder'], outputs['node.install'], path]).toEqual([undefined, undefined, []]);
    });

    it('is a newer one of the runner, for the action only', () => {
      const beside = {
        'tools/node/18.20.0/x64/bin/node': script('false'),
        'tools/node/22.1.0/x64/bin/node': script(process.execPath),
      };
      const { folder, path } = runAction({
        event: 'push',
        programs: { node: old, [INSTALLED]: PATHS },
        beside,
      });
      const [first] = readFileSync(join(folder, 'ran'), 'utf8').split(':');
      expect([first, path]).toEqual([join(folder, 'tools/node/22.1.0/x64/bin'), []]);
    });

    it('is installed if there is none, and later steps find the one that they had', () => {
      const job = { event: 'push', programs: { node: old, npm: '', [INSTALLED]: PATHS } };
      const { folder, path, outputs } = runAction(job);
      expect(outputs['node.install']).toBe('true');
      expect(path).toEqual([outputs['node.previous']]);
      expect(readdirSync(path[0] ?? '').filter((name) => ['node', 'npm'].includes(name))).toEqual([
        'node',
        'npm',
      ]);
      expect(realpathSync(join(path[0] ?? '', 'node'))).toBe(join(folder, 'bin', 'node'));
    });
  });
});

describe('the SARIF file', () => {
  it('is relative to the workspace, wherever the action runs, and an output', () => {
    const files = { 'apps/shop/main.ts': '' };
    const { outputs, folder } = run({
      inputs: { 'working-directory': 'apps/shop', sarif: 'reports/a.sarif' },
      files,
    });
    expect(outputs['check.sarif']).toBe(join(folder, 'checkout/reports/a.sarif'));
    expect(existsSync(join(folder, 'checkout/reports'))).toBe(true);
    expect(run({ inputs: { sarif: '/tmp/a.sarif' } }).outputs['check.sarif']).toBe('/tmp/a.sarif');
  });
});

describe('the verdict', () => {
  it.each([
    [0, {}],
    [1, { check: 1 }],
    [2, { check: 2 }],
    [1, { plan: 1 }],
    [2, { plan: 2 }],
    [1, { check: 1, plan: 2 }],
  ])('is %i for the exit codes %j', (code, codes) => {
    expect(run({ inputs: { plan: 'origin/main' }, codes }).code).toBe(code);
  });

  it('fails where the program cannot be started', () => {
    const npx = 'process.exitCode = 127;';
    expect(runAction({ programs: { npx, gh: gh({}) } }).code).toBe(127);
  });

  it.each([
    { CODE: '', BASE: '', PLAN: '' },
    { CODE: '0', BASE: 'main', PLAN: '' },
    { CODE: '0\n', BASE: '', PLAN: '' },
  ])('fails without a result of each step: %j', (env) => {
    const script = action.runs.steps.at(-1)?.run ?? '';
    const { status, stdout } = spawnSync('bash', ['-eo', 'pipefail', '-c', script], {
      env,
      encoding: 'utf8',
    });
    expect([status, stdout]).toEqual([
      2,
      expect.stringContaining('::error title=seaworthy::a step ended without'),
    ]);
  });

  it('goes into the summary', () => {
    const { summary } = run({ inputs: { plan: 'origin/main' }, codes: { plan: 1 } });
    expect(summary.replace(KEY, 'KEY')).toBe(
      '<!-- seaworthy check KEY -->\n### check ends with 0\n<!-- seaworthy plan KEY -->\n### plan ends with 1\n',
    );
  });
});

/** The first line of the comment of a use. */
function markOf(inputs: Readonly<Record<string, string>>): string {
  return run({ event: 'push', inputs, files: { 'apps/shop/x': '' } }).summary.split('\n')[0] ?? '';
}

const hasJq = spawnSync('jq', ['--version']).status === 0;

// What `gh` does with its own jq, the test does with that of the machine.
(hasJq ? describe : describe.skip)('the comment', () => {
  const MARK = markOf({});
  const by = (login: string, id: number, body: string): Comment => ({ id, user: { login }, body });
  const bodies = (comments: readonly Comment[]) =>
    comments.map(({ id, body }) => [id, body.split('\n')[1]?.replace(/^### (?!❌)/, '')]);

  it('is written once, and updated by later runs, one for the check and one for the plan', () => {
    const first = run({ inputs: { plan: 'origin/main' } });
    expect(first.comments.map(({ body }) => body.replace(KEY, 'KEY'))).toEqual([
      '<!-- seaworthy check KEY -->\n### check ends with 0\n',
      '<!-- seaworthy plan KEY -->\n### plan ends with 0\n',
    ]);
    const second = run({ inputs: { plan: 'origin/main' }, codes: { check: 1 }, after: first.folder });
    expect(bodies(second.comments)).toEqual([
      [1000, 'check ends with 1'],
      [1001, 'plan ends with 0'],
    ]);
  });

  it('is found on a later page, and with the line breaks of the web site', () => {
    const others = [1, 2, 3, 4, 5].map((id) => by('octocat', id, 'Looks good'));
    const own = by('github-actions[bot]', 6, `${MARK}\r\nold\r\n`);
    const { comments } = run({ gh: { comments: [...others, own, ...others] } });
    expect(bodies(comments)[5]).toEqual([6, 'check ends with 0']);
    expect(comments).toHaveLength(11);
  });

  it('is the first of several', () => {
    const own = [1, 2, 3].map((id) => by('github-actions[bot]', id, `${MARK}\nold`));
    expect(bodies(run({ gh: { comments: own } }).comments)).toEqual([
      [1, 'check ends with 0'],
      [2, 'old'],
      [3, 'old'],
    ]);
  });

  it('is not one that somebody else wrote, or that only begins in the same way', () => {
    const foreign = [
      by('mallory', 1, `${MARK}\nmine`),
      by('github-actions', 2, `${MARK}\nmine`),
      by('other[bot]', 3, `${MARK}\nmine`),
      by('github-actions[bot]', 4, `${MARK} of another tool\nmine`),
      by('github-actions[bot]', 5, `quoted:\n${MARK}`),
      by('github-actions[bot]', 6, ''),
    ];
    const { comments, code } = run({ gh: { comments: foreign } });
    expect(comments.slice(0, 6)).toEqual(foreign);
    expect([code, bodies(comments.slice(6))]).toEqual([0, [[1006, 'check ends with 0']]]);
  });

  it('is by the user of another token', () => {
    const comments = [by('github-actions[bot]', 1, `${MARK}\nmine`), by('acme[bot]', 2, `${MARK}\nold`)];
    const outcome = run({ inputs: { token: 'app-token' }, gh: { comments, viewer: 'acme[bot]' } });
    expect(bodies(outcome.comments)).toEqual([
      [1, 'mine'],
      [2, 'check ends with 0'],
    ]);
  });

  it.each(['', '" or true or "'])('is a new one if the user of another token is unknown: %j', (viewer) => {
    const foreign = by('mallory', 1, `${MARK}\nmine`);
    const { comments } = run({ inputs: { token: 'another' }, gh: { comments: [foreign], viewer } });
    expect(bodies(comments)).toEqual([
      [1, 'mine'],
      [1001, 'check ends with 0'],
    ]);
  });

  it.each([
    ['may only read', { gh: { fails: true } }],
    ['may not even ask for its user', { gh: { fails: true }, inputs: { token: 'another' } }],
  ])('is left out with a warning where the token %s, and the verdict stays', (_, job) => {
    for (const check of [0, 1]) {
      const { code, log, comments } = run({ ...job, codes: { check } });
      expect([code, comments]).toEqual([check, []]);
      expect(log).toContain('::warning title=seaworthy::cannot comment on the pull request');
    }
  });

  it('is for pull requests, unless it is switched off', () => {
    const called = (job: Job) => run(job).calls.filter(([name]) => name === 'gh').length;
    expect(called({ event: 'push' })).toBe(0);
    expect(called({ inputs: { comment: 'false' } })).toBe(0);
    expect(called({ event: 'pull_request_target' })).toBe(2);
  });

  it('says so where there is no report, instead of leaving an earlier one', () => {
    const inputs = { plan: 'origin/main' };
    const first = run({ inputs });
    const second = run({ inputs, codes: { check: 2, plan: 127 }, after: first.folder });
    expect([second.code, bodies(second.comments)]).toEqual([
      2,
      [
        [1000, '### ❌ Seaworthy: check ended with exit code 2, see the log'],
        [1001, '### ❌ Seaworthy: plan ended with exit code 127, see the log'],
      ],
    ]);
    expect(second.summary).toContain('check ended with exit code 2');
  });

  it('is one for each folder and its files, or each name, whatever the order of the uses', () => {
    const files = { 'apps/shop/x': '' };
    const uses = [
      { files: 'deploy/' },
      { files: 'base/\n"a b"' },
      { 'working-directory': 'apps/shop' },
      { 'working-directory': 'apps/shop', files: 'deploy/' },
      { files: 'deploy/', name: 'Kubernetes 1.31', arguments: '--kubernetes 1.31' },
    ];
    const first = uses.reduce<string | undefined>(
      (after, inputs) => run({ inputs, files, ...(after !== undefined && { after }) }).folder,
      undefined,
    );
    const again = [...uses].reverse().map((inputs) => {
      return run({ inputs, files, codes: { check: 1 }, ...(first !== undefined && { after: first }) });
    });
    const comments = again.at(-1)?.comments ?? [];
    expect(bodies(comments)).toEqual([1000, 1001, 1002, 1003, 1004].map((id) => [id, 'check ends with 1']));
    expect(comments.map(({ body }) => body.split('\n').slice(2))).toEqual(
      ['deploy/', 'base/ a b', 'apps/shop', 'apps/shop deploy/', 'Kubernetes 1.31'].map((about) => [
        '',
        `\`${about}\``,
        '',
      ]),
    );
  });

  it('does not show files whose names are more than letters', () => {
    const { comments } = run({ inputs: { files: 'a`@org`.yaml' } });
    expect(comments[0]?.body.split('\n').slice(1)).toEqual(['### check ends with 0', '']);
  });

  it('says why an input was refused', () => {
    const { comments, code } = run({ inputs: { files: '"' } });
    expect([code, bodies(comments)]).toEqual([
      2,
      [[1000, '### ❌ Seaworthy: check ended with exit code 2, a quote in files is not closed']],
    ]);
  });

  it('is not the report of an earlier use of the action in the same job', () => {
    const first = run({ event: 'push', inputs: { plan: 'origin/main' } });
    const second = run({ after: first.folder });
    expect(bodies(second.comments)).toEqual([[1000, 'check ends with 0']]);
  });
});

describe('with the real program', () => {
  const npx = `
    const { status } = require('node:child_process').spawnSync(process.execPath,
      [${JSON.stringify(join(packageFolder(), 'bin', 'seaworthy.js'))}, ...process.argv.slice(4)], { stdio: 'inherit' });
    process.exitCode = status;`;
  const BAD = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: Bad\n  namespace: default\n';

  it('annotates lines, writes the summary and SARIF, and fails', () => {
    const { code, log, summary, folder } = runAction({
      event: 'push',
      inputs: { files: 'a.yaml\n"b c.yaml"', arguments: '--preset none', sarif: 'a.sarif' },
      files: { 'a.yaml': BAD, 'b c.yaml': BAD.replace('Bad', 'Worse'), '.git/HEAD': '' },
      programs: { npx },
    });
    expect(code).toBe(1);
    expect(log).toMatch(/^::error file=a\.yaml,line=4,title=ConfigMap default\/Bad/m);
    expect(log).toMatch(/^::error file=b c\.yaml,line=4,title=ConfigMap default\/Worse/m);
    expect(summary).toMatch(/^<!-- seaworthy check \w+ -->\n### ❌ Seaworthy: 2 errors\n/);
    expect(existsSync(join(folder, 'checkout', 'a.sarif'))).toBe(true);
  });

  it('reports input that it cannot read, too', () => {
    const { code, log, summary, folder } = runAction({
      event: 'push',
      inputs: { arguments: '--kubernetes 1.3 --output junit=a.xml --output json=a.json', sarif: 'a.sarif' },
      files: { 'a.yaml': BAD, 'cdk8s.yaml': 'app: main.js\noutptu: dist\n', '.git/HEAD': '' },
      programs: { npx },
    });
    expect(code).toBe(2);
    expect(log).toMatch(/^::error file=cdk8s\.yaml,line=2,title=seaworthy check \(CONFIG_INVALID\)::/m);
    expect(summary).toMatch(/^<!-- seaworthy check \w+ -->\n### ❌ Seaworthy: check failed\n/);
    for (const name of ['a.sarif', 'a.xml', 'a.json'])
      expect(readFileSync(join(folder, 'checkout', name), 'utf8')).toContain('outptu');
  });

  it.each([
    ['a file that does not exist', { files: 'b.yaml' }],
    ['a pattern that matches none', { files: 'b*.yaml' }],
    ['a revision that is an option', { files: 'a.yaml', plan: '--output=made' }],
  ])('fails for %s', (_, inputs) => {
    const files = { 'a.yaml': BAD.replace('Bad', 'fine'), 'cdk8s.yaml': 'app: main.js\n' };
    const { code, folder } = runAction({ event: 'push', inputs, files, programs: { npx } });
    expect([code, existsSync(join(folder, 'checkout', 'made'))]).toEqual([2, false]);
  });
});

describe('the runner of these tests', () => {
  const names = { inputs: { a: '', b: 'B' }, steps: {} };

  it('evaluates expressions as GitHub does', () => {
    expect(evaluate("inputs.a == '' && (inputs.b != 'c' || inputs.a)", names)).toBe('true');
    expect(evaluate("inputs.b == 'b' && 'it''s' || 'no'", names)).toBe("it's");
    expect(interpolate('${{ inputs.a || inputs.b }}/${{ steps.x.outputs.code }}', names)).toBe('B/');
  });

  it.each(['inputs.c', 'secrets.A', 'contains(inputs.a, 1)', 'inputs.a ==', "'open", '(inputs.a'])(
    'refuses an expression that it does not know: %s',
    (expression) => expect(() => evaluate(expression, names)).toThrow(),
  );
});
