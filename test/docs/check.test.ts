import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { parse } from 'yaml';
import { owner } from '../../examples/rules';
import { check } from '../../lib/check/check';
import { ManifestSet } from '../../lib/manifest/set';
import { folderWith, read, removeFolders } from '../cli/support/cli';
import { packageFolder } from '../cli/support/package';

afterAll(removeFolders);

const ROOT = join(__dirname, '..', '..');

describe('examples/rules.ts', () => {
  it('is what the guide shows', () => {
    const code = readFileSync(join(ROOT, 'examples/rules.ts'), 'utf8');
    expect(readFileSync(join(ROOT, 'docs/guide/check.md'), 'utf8')).toContain(`\`\`\`ts\n${code}\`\`\``);
  });

  it('finds something in its failing example, and nothing in the other', () => {
    const found = (yaml: string) =>
      check(ManifestSet.parse(yaml), { rules: [owner] }).filter(({ rule }) => rule === 'custom/owner');
    expect(found(owner.example?.failing ?? '')).toMatchObject([{ path: 'metadata.labels' }]);
    expect(found(owner.example?.passing ?? '')).toEqual([]);
  });
});

interface Action {
  readonly runs: { readonly steps: readonly { readonly id?: string; readonly run?: string }[] };
}

describe('the GitHub Action', () => {
  /** Runs the step that checks, in a folder with one bad manifest, as a runner would. */
  function runCheck(env: Readonly<Record<string, string>>) {
    const { runs } = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as Action;
    const script = runs.steps.find(({ id }) => id === 'check')?.run ?? '';
    const folder = folderWith({
      'k8s/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: Bad\n  namespace: default\n',
      'bin/npx': `#!/bin/sh\nshift 2\nexec "${process.execPath}" "${packageFolder()}/bin/seaworthy.js" "$@"\n`,
    });
    chmodSync(join(folder, 'bin/npx'), 0o755);
    const { status, stdout } = spawnSync('bash', ['-eo', 'pipefail', '-c', script], {
      cwd: folder,
      encoding: 'utf8',
      env: {
        PATH: `${join(folder, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`,
        FILES: 'k8s',
        ARGUMENTS: '--preset none',
        PACKAGE: 'seaworthy',
        SARIF: '',
        REPORT: join(folder, 'report.md'),
        GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
        GITHUB_OUTPUT: join(folder, 'output'),
        ...env,
      },
    });
    return { status, stdout, folder };
  }

  it('annotates lines, writes the summary, and keeps the exit code for the last step', () => {
    const { status, stdout, folder } = runCheck({ SARIF: 'a.sarif' });
    expect(status).toBe(0);
    expect(stdout).toMatch(/^::error file=k8s\/a\.yaml,line=4,title=ConfigMap default\/Bad/);
    expect(read(folder, 'summary.md')).toContain('### ❌ Seaworthy: 1 error');
    expect(read(folder, 'output')).toBe('code=1\n');
    expect(existsSync(join(folder, 'a.sarif'))).toBe(true);
  });

  it('takes what it is given for words, not for code', () => {
    const { folder } = runCheck({ FILES: 'k8s $(touch made) ;touch made' });
    expect(existsSync(join(folder, 'made'))).toBe(false);
    expect(read(folder, 'output')).toBe('code=2\n');
  });
});

it('the hooks for pre-commit run commands that there are', () => {
  const hooks = parse(readFileSync(join(ROOT, '.pre-commit-hooks.yaml'), 'utf8')) as { entry: string }[];
  for (const { entry } of hooks) {
    const [, ...argv] = entry.split(' ');
    const command = join(packageFolder(), 'bin', 'seaworthy.js');
    const { status } = spawnSync(process.execPath, [command, ...argv, '--help']);
    expect(status).toBe(0);
  }
});
