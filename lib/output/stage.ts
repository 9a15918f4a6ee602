import fs from 'node:fs';
import path from 'node:path';
import type { Difference } from './compare';
import type { Current } from './current';
import { foldersAbove, RECORD } from './paths';
import { formatRecord } from './record';
import { carry, takeAfter } from './tree';

/**
 * Builds the whole next output in the empty folder `stage`: what stays is carried over, what is new is written,
 * folders have the rights they had.
 */
export function fill(
  stage: string,
  current: Current,
  { unchanged, kept, written, record }: Difference,
  files: ReadonlyMap<string, string>,
): void {
  const { folder, tree } = current;
  const isFolder = (entry: string): boolean => tree.get(entry)?.kind === 'folder';
  const carried = [...unchanged, ...kept];
  const folders = new Set([...carried.filter(isFolder), ...[...carried, ...written].flatMap(foldersAbove)]);
  const inOrder = [...folders].sort();
  for (const inside of inOrder) fs.mkdirSync(path.join(stage, inside));
  for (const file of carried) {
    const entry = tree.get(file);
    if (entry !== undefined && entry.kind !== 'folder')
      carry(entry, path.join(folder, file), path.join(stage, file));
  }
  for (const file of written)
    write(path.join(stage, file), files.get(file) ?? '', rightsOf(current, file, 'file'));
  write(path.join(stage, RECORD), formatRecord(record), rightsOf(current, RECORD, 'file'));
  // Rights come last: a folder that is read-only takes nothing more.
  for (const inside of inOrder) {
    const rights = rightsOf(current, inside, 'folder');
    if (rights !== undefined) takeAfter(path.join(stage, inside), rights);
  }
  if (current.stats !== undefined) takeAfter(stage, current.stats);
}

/** The rights to keep for what is at `file` now, as long as it is still what it was. */
function rightsOf({ tree }: Current, file: string, kind: 'file' | 'folder'): fs.Stats | undefined {
  const entry = tree.get(file);
  return entry?.kind === kind ? entry.stats : undefined;
}

function write(file: string, content: string, rights: fs.Stats | undefined): void {
  try {
    fs.writeFileSync(file, content, { flag: 'wx' });
  } catch (error) {
    // The system does not say of a failed write which file it was.
    throw Object.assign(error as Error, { path: file });
  }
  if (rights !== undefined) takeAfter(file, rights);
}
