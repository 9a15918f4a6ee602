import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { folderWith, removeFolders } from '../../../test/cli/support/cli';
import { SYSTEM, type Owners } from './owners';
import { searchConfig } from './search';

afterAll(removeFolders);

const ME = 1000;
const MALLORY = 1002;
const RUNNER = 1001;
const ROOT = 0;

/** A system with these files, by their owner or, for a link, the owners of the link and of what it leads to. */
function system(user: number | undefined, files: Readonly<Record<string, number | number[]>>): Owners {
  const of = (path: string): number[] => [files[path] ?? []].flat();
  return { user, of };
}

const HOME = { '/': ROOT, '/home': ROOT, '/home/me': ME, '/home/me/shop': ME, '/home/me/shop/deploy': ME };

describe('the search for cdk8s.yaml', () => {
  it('takes the one in the folder, or the nearest above', () => {
    const files = { ...HOME, '/home/me/shop/cdk8s.yaml': ME, '/home/me/cdk8s.yaml': ME };
    const found = { file: '/home/me/shop/cdk8s.yaml', refused: [] };
    expect(searchConfig('/home/me/shop', system(ME, files))).toEqual(found);
    expect(searchConfig('/home/me/shop/deploy', system(ME, files))).toEqual(found);
    expect(searchConfig('/home/me', system(ME, files)).file).toBe('/home/me/cdk8s.yaml');
    expect(searchConfig('/home/me', system(ME, HOME))).toEqual({ refused: [] });
  });

  it('ends at the top of the repository, whether .git is a folder or a file', () => {
    const files = { ...HOME, '/home/me/shop/.git': ME, '/home/me/cdk8s.yaml': ME };
    expect(searchConfig('/home/me/shop/deploy', system(ME, files))).toEqual({
      refused: [],
      beyond: {
        file: '/home/me/cdk8s.yaml',
        reason: 'it is outside of the repository at /home/me/shop',
      },
    });
    const atTop = { ...files, '/home/me/shop/cdk8s.yaml': ME };
    expect(searchConfig('/home/me/shop/deploy', system(ME, atTop)).file).toBe('/home/me/shop/cdk8s.yaml');
  });

  it('ends before a folder of another owner, root as well', () => {
    const files = { ...HOME, '/tmp': ROOT, '/tmp/mine': ME, '/tmp/cdk8s.yaml': MALLORY };
    expect(searchConfig('/tmp/mine', system(ME, files))).toEqual({
      refused: [],
      beyond: { file: '/tmp/cdk8s.yaml', reason: '/tmp belongs to another user (uid 0)' },
    });
    expect(searchConfig('/home/me/shop', system(ME, { ...HOME, '/home/cdk8s.yaml': ROOT })).file).toBe(
      undefined,
    );
  });

  it('passes over the file of a stranger in a folder that anybody can write to', () => {
    const files = { ...HOME, '/tmp': ROOT, '/tmp/cdk8s.yaml': MALLORY };
    const refused = [{ file: '/tmp/cdk8s.yaml', reason: 'it belongs to another user (uid 1002)' }];
    expect(searchConfig('/tmp', system(ME, files))).toEqual({ refused });
    // For root, /tmp is a folder of its own.
    expect(searchConfig('/tmp/a', system(ROOT, { ...files, '/tmp/a': ROOT }))).toEqual({ refused });
    const shared = { ...HOME, '/home/me/shop/cdk8s.yaml': MALLORY, '/home/me/cdk8s.yaml': ME };
    expect(searchConfig('/home/me/shop', system(ME, shared))).toMatchObject({
      file: '/home/me/cdk8s.yaml',
      refused: [{ file: '/home/me/shop/cdk8s.yaml' }],
    });
  });

  it('passes over the link of a stranger to a file of the user, and a link to the file of a stranger', () => {
    for (const owners of [
      [MALLORY, ME],
      [ME, MALLORY],
      [ROOT, MALLORY],
    ]) {
      const files = { ...HOME, '/home/me/shop/cdk8s.yaml': owners };
      expect(searchConfig('/home/me/shop', system(ME, files))).toMatchObject({
        refused: [{ reason: 'it belongs to another user (uid 1002)' }],
      });
    }
  });

  it('works for root on a checkout of another user, and for a user on a folder of root', () => {
    const checkout = { '/': ROOT, '/w': RUNNER, '/w/shop': RUNNER, '/w/cdk8s.yaml': RUNNER };
    expect(searchConfig('/w/shop', system(ROOT, checkout)).file).toBe('/w/cdk8s.yaml');
    const image = { '/': ROOT, '/app': ROOT, '/app/deploy': ROOT, '/app/cdk8s.yaml': ROOT };
    expect(searchConfig('/app/deploy', system(ME, image)).file).toBe('/app/cdk8s.yaml');
    // In a container job, the runner makes the folder and root checks out into it.
    const container = { '/': ROOT, '/w': RUNNER, '/w/.git': ROOT, '/w/cdk8s.yaml': ROOT, '/w/deploy': ROOT };
    expect(searchConfig('/w/deploy', system(ROOT, container)).file).toBe('/w/cdk8s.yaml');
    const stranger = { ...container, '/w/.git': RUNNER };
    expect(searchConfig('/w/deploy', system(ROOT, stranger)).beyond).toMatchObject({ file: '/w/cdk8s.yaml' });
    const planted = { ...container, '/w/cdk8s.yaml': RUNNER };
    expect(searchConfig('/w/deploy', system(ROOT, planted)).refused).toHaveLength(1);
    // A file that a container wrote as root into a folder of the user.
    const written = { ...HOME, '/home/me/shop/cdk8s.yaml': ROOT };
    expect(searchConfig('/home/me/shop', system(ME, written)).file).toBe('/home/me/shop/cdk8s.yaml');
  });

  it('trusts every file where files have no owners', () => {
    const files = { '/': 0, '/a': 1, '/a/b': 2, '/a/cdk8s.yaml': 3 };
    expect(searchConfig('/a/b', system(undefined, files)).file).toBe('/a/cdk8s.yaml');
  });
});

describe('the owners of a file', () => {
  it('are that of a link, and that of what it leads to', () => {
    const folder = folderWith({ file: '' });
    const path = (name: string): string => join(folder, name);
    mkdirSync(path('folder'));
    symlinkSync('file', path('link'));
    symlinkSync('missing', path('dangling'));
    symlinkSync('circle', path('circle'));
    const me = process.geteuid?.();
    for (const name of ['file', 'folder', 'link']) expect(SYSTEM.of(path(name))).toEqual([me, me]);
    for (const name of ['dangling', 'circle']) expect(SYSTEM.of(path(name))).toEqual([me]);
    for (const name of ['missing', 'file/below']) expect(SYSTEM.of(path(name))).toEqual([]);
  });
});
