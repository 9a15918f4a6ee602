import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Watcher } from './watcher';

describe('a watcher', () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'seaworthy-watcher-')));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('stays closed when the files are removed at that moment, so that the process can end', async () => {
    const files = ['a', 'b', 'c', 'd'].map((name) => join(folder, name));
    for (const file of files) writeFileSync(file, '');
    const watcher = new Watcher({ ignoreInitial: true });
    const ready = new Promise((resolve) => watcher.once('ready', () => resolve(undefined)));
    watcher.add(folder);
    await ready;
    expect(process.getActiveResourcesInfo()).toContain('FSEventWrap');
    const told = new Set<string>();
    const closed = new Promise<void>((resolve) => {
      // It is told of a file, and has not looked yet what became of it.
      watcher.on('raw', (_event, _path, details) => {
        told.add((details as { watchedPath: string }).watchedPath);
        if (files.every((file) => told.has(file))) resolve(watcher.close());
      });
    });
    for (const file of files) rmSync(file);
    await closed;
    await delay(200);
    const open = process.getActiveResourcesInfo();
    await watcher.close();
    expect(open).not.toContain('FSEventWrap');
  });
});
