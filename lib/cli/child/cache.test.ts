import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { folderWith, removeFolders } from '../../../test/cli/support/cli';
import { cacheFolder } from './cache';

afterAll(removeFolders);

describe('the folder for compiled code', () => {
  it('is in the cache of the user, who alone can write to it', () => {
    const home = folderWith({});
    const folder = join(home, '.cache', 'seaworthy');
    expect(cacheFolder({ HOME: home })).toBe(folder);
    expect(statSync(folder).mode & 0o077).toBe(0);
    expect(cacheFolder({ HOME: home, XDG_CACHE_HOME: '' })).toBe(folder);
    expect(cacheFolder({ HOME: home, XDG_CACHE_HOME: 'relative' })).toBe(folder);
    const named = folderWith({});
    expect(cacheFolder({ HOME: home, XDG_CACHE_HOME: named })).toBe(join(named, 'seaworthy'));
  });

  it('is not one that belongs to somebody else, or that others can write to', () => {
    const home = folderWith({});
    const folder = join(home, '.cache', 'seaworthy');
    mkdirSync(folder, { recursive: true });
    expect(cacheFolder({ HOME: home }, statSync(folder).uid + 1)).toBeUndefined();
    chmodSync(folder, 0o777);
    expect(cacheFolder({ HOME: home })).toBeUndefined();
    chmodSync(folder, 0o700);
    expect(cacheFolder({ HOME: home })).toBe(folder);
  });

  it('is missing without a home, or where the home is a file or does not exist', () => {
    const home = folderWith({ file: '' });
    expect(cacheFolder({})).toBeUndefined();
    expect(cacheFolder({ HOME: join(home, 'file') })).toBeUndefined();
    expect(cacheFolder({ HOME: join(home, 'missing') })).toBeUndefined();
    expect(existsSync(join(home, 'missing'))).toBe(false);
  });
});
