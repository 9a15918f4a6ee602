import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { originOf } from './origin';

const folder = mkdtempSync(join(tmpdir(), 'seaworthy-origin-'));
afterAll(() => rmSync(folder, { recursive: true }));

const io = { cwd: folder, env: process.env };
const git = (...args: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
    cwd: folder,
  }).toString();

test('the history names the commit that manifests come from, and whether files differ from it', () => {
  expect(originOf([], io)).toBeUndefined();
  git('init', '--quiet');
  expect(originOf([], io)).toBeUndefined();
  writeFileSync(join(folder, 'a.yaml'), 'a: 1\n');
  git('add', '.');
  git('commit', '--quiet', '--message', 'a');
  const commit = git('rev-parse', 'HEAD').slice(0, 12);
  expect([originOf([], io), originOf(['a.yaml'], io)]).toEqual([`git ${commit}`, `git ${commit}`]);
  writeFileSync(join(folder, 'untracked'), '');
  expect(originOf([], io)).toBe(`git ${commit}`);
  writeFileSync(join(folder, 'a.yaml'), 'a: 2\n');
  expect(originOf(['a.yaml'], io)).toBe(`git ${commit}, changed files`);
});

test('what comes by standard input, or from a folder that is missing, has no origin', () => {
  expect([originOf(['-'], io), originOf(['missing/'], io)]).toEqual([undefined, undefined]);
});
