import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderWith, removeFolders } from '../../../test/cli/support/cli';
import { Repository } from './git';

afterAll(removeFolders);

const git = (folder: string, ...args: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], {
    cwd: folder,
    encoding: 'utf8',
  });

function repositoryWith(files: Readonly<Record<string, string>>): string {
  const folder = folderWith(files);
  git(folder, 'init', '--quiet', '.');
  git(folder, '--literal-pathspecs', 'add', '--all', '.');
  git(folder, 'commit', '--quiet', '--message', 'a');
  return folder;
}

function readAll(folder: string, output: string): void {
  const repository = new Repository(folder, process.env);
  const files = repository.files(repository.commit('HEAD'), join(folder, output));
  expect(repository.texts(files.values()).size).toBe(1);
  expect(repository.ignores(join(folder, output))).toBe(false);
  expect(() => repository.commit('none')).toThrow('unknown revision');
}

describe('reading a repository', () => {
  it('runs no program that the repository names', () => {
    const folder = repositoryWith({ 'dist/a.yaml': 'a: 1\n', '.gitattributes': '* filter=evil diff=evil\n' });
    const program = join(folder, 'evil');
    writeFileSync(program, `#!/bin/sh\ntouch '${join(folder, 'ran')}'\n`);
    chmodSync(program, 0o755);
    const programs = [
      'core.fsmonitor core.pager core.editor core.sshCommand core.askPass diff.external credential.helper',
      'filter.evil.smudge filter.evil.clean diff.evil.textconv diff.evil.command core.alternateRefsCommand',
    ];
    for (const name of programs.join(' ').split(' ')) git(folder, 'config', name, program);
    for (const hook of ['post-index-change', 'reference-transaction', 'post-checkout', 'pre-auto-gc']) {
      writeFileSync(join(folder, '.git', 'hooks', hook), `#!/bin/sh\n${program}\n`);
      chmodSync(join(folder, '.git', 'hooks', hook), 0o755);
    }
    readAll(folder, 'dist');
    expect(existsSync(join(folder, 'ran'))).toBe(false);
    // The same repository does run it where git is not told otherwise.
    git(folder, 'status');
    expect(existsSync(join(folder, 'ran'))).toBe(true);
  });

  it('takes no folder of the work tree for a repository', () => {
    const folder = repositoryWith({ 'dist/a.yaml': 'a: 1\n' });
    const inner = join(folder, 'inner');
    mkdirSync(inner);
    git(inner, 'init', '--quiet', '--bare', '.');
    git(inner, 'config', 'core.bare', 'false');
    git(inner, 'config', 'core.worktree', '/');
    expect(() => new Repository(inner, process.env)).toThrow('cannot use bare repository');
  });

  it('reports a file that git does not have, instead of taking it for empty', () => {
    const folder = repositoryWith({ 'dist/a.yaml': 'a: 1\n', 'dist/b.yaml': 'b: 1\n' });
    const repository = new Repository(folder, process.env);
    const files = repository.files(repository.commit('HEAD'), join(folder, 'dist'));
    const hash = files.get('a.yaml') ?? '';
    rmSync(join(folder, '.git', 'objects', hash.slice(0, 2), hash.slice(2)));
    expect(() => repository.texts(files.values())).toThrow(`${hash}: git has no such object`);
  });

  it('takes a path for a path, and a revision for a revision', () => {
    const folder = repositoryWith({
      ':/dist/b.yaml': 'b: 1\n',
      'dist/a.yaml': 'a: 1\n',
      'd*/c.yaml': 'c: 1\n',
    });
    const repository = new Repository(folder, process.env);
    const filesIn = (path: string) => [
      ...repository.files(repository.commit('HEAD'), join(folder, path)).keys(),
    ];
    expect([':/dist', 'd*', 'dist'].map(filesIn)).toEqual([['b.yaml'], ['c.yaml'], ['a.yaml']]);
    for (const revision of ['--output=made', '-h', '--all', 'HEAD --all', '']) {
      expect(() => repository.commit(revision)).toThrow('unknown revision');
    }
    expect(existsSync(join(folder, 'made'))).toBe(false);
  });
});
