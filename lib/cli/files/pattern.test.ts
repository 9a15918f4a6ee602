import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { folderWith, removeFolders } from '../../../test/cli/support/cli';
import { patternOf } from './pattern';
import { walk } from './walk';

afterAll(removeFolders);

describe('a pattern', () => {
  it.each([
    ['deploy/*.yaml', 'deploy/', ['a.yaml', '-x.yaml'], ['a/b.yaml', '.a.yaml', 'a.yml', '']],
    ['*/k8s/**', '.', ['a/k8s/b', 'a/k8s/b/c'], ['a/b', 'k8s/a', '.a/k8s/b']],
    ['**/*.yaml', '.', ['a.yaml', 'b/c/a.yaml'], ['.b/a.yaml', 'b/.a.yaml', 'b/.c/a.yaml']],
    ['a/**/b/?.yaml', 'a/', ['b/c.yaml', 'x/y/b/c.yaml'], ['b/cc.yaml', 'b/.yaml']],
    [
      '/srv/{dev,prod}/[ab]*.{yaml,yml}',
      '/srv/',
      ['dev/a.yaml', 'prod/bx.yml'],
      ['dev,prod/a.yaml', 'dev/c.yaml'],
    ],
    ['a/[!a]+(b)$,^.yaml', 'a/', ['x+(b)$,^.yaml'], ['a+(b)$,^.yaml', 'x(b)$,^.yaml']],
    ['apps/*/', 'apps/', ['shop', 'shop/a.yaml'], ['.shop/a.yaml']],
    ['a\\*b*.yaml', '.', ['a*bc.yaml'], ['axbc.yaml']],
  ])('%j is of the folder %j, and matches %j, not %j', (text, folder, matching, others) => {
    const pattern = patternOf(text);
    expect(pattern?.folder).toBe(folder);
    expect(matching.filter((path) => pattern?.matches(path) !== true)).toEqual([]);
    expect(others.filter((path) => pattern?.matches(path) === true)).toEqual([]);
  });

  it.each(['deploy/', 'a.yaml', '{', '{a', 'a$(b)', '~/a', '-'])('is not %j', (text) => {
    expect(patternOf(text)).toBeUndefined();
  });
});

describe('files that a pattern names', () => {
  const files = {
    '.git/HEAD': '',
    'apps/shop/k8s/a.yaml': '',
    'apps/shop/values.json': '',
    'apps/blog/k8s/b.yaml': '',
    'apps/.old/k8s/c.yaml': '',
    'apps/chart/Chart.yaml': '',
    'apps/chart/k8s/d.yaml': '',
    'node_modules/x/k8s/e.yaml': '',
    'a*.yaml': '',
    'ab.yaml': '',
  };
  const found = (folder: string, ...args: string[]) => walk(args, folder).found.map(({ shown }) => shown);

  it('are those that a walk through the folder finds', () => {
    const folder = folderWith(files);
    expect(found(folder, 'apps/*/k8s')).toEqual(['apps/blog/k8s/b.yaml', 'apps/shop/k8s/a.yaml']);
    expect(found(folder, '**/k8s/*.yaml')).toEqual(['apps/blog/k8s/b.yaml', 'apps/shop/k8s/a.yaml']);
    expect(walk(['apps/*'], folder).skipped.map(({ shown }) => shown)).toContain('apps/chart/');
    expect(walk(['apps/shop/*'], folder).skipped).toEqual([]);
  });

  it('is the one of this name, if there is one', () => {
    const folder = folderWith(files);
    expect(found(folder, 'a*.yaml')).toEqual(['a*.yaml']);
    expect(found(folder, 'a[b].yaml', 'a[*].yaml')).toEqual(['ab.yaml', 'a*.yaml']);
  });

  it('are no links that lead out of the repository', () => {
    const [folder, other] = [folderWith(files), folderWith({ 'secret.yaml': '' })];
    symlinkSync(join(other, 'secret.yaml'), join(folder, 'apps/shop/k8s/link.yaml'));
    expect(found(folder, 'apps/shop/k8s/*')).toEqual(['apps/shop/k8s/a.yaml']);
  });

  it.each(['apps/*.yaml', 'nowhere/*.yaml', '*/nothing/'])('are an error if there is none: %s', (pattern) => {
    expect(() => found(folderWith(files), pattern)).toThrow(/^(apps|nowhere|\*).*\[INPUT_UNREADABLE\]/);
  });
});
