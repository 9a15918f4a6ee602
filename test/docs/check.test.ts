import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { owner } from '../../examples/rules';
import { check } from '../../lib/check/check';
import { ManifestSet } from '../../lib/manifest/set';
import { packageFolder } from '../cli/support/package';

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

it('the hooks for pre-commit run commands that there are', () => {
  const hooks = parse(readFileSync(join(ROOT, '.pre-commit-hooks.yaml'), 'utf8')) as { entry: string }[];
  for (const { entry } of hooks) {
    const [, ...argv] = entry.split(' ');
    const command = join(packageFolder(), 'bin', 'seaworthy.js');
    const { status } = spawnSync(process.execPath, [command, ...argv, '--help']);
    expect(status).toBe(0);
  }
});
