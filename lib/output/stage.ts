import fs from 'node:fs';
import path from 'node:path';
import type { Difference } from './compare';
import type { FileContent } from './content';
import type { Current } from './current';
import { foldersAbove, RECORD } from './paths';
import { formatRecord } from './record';
import { carry, takeAfter } from './tree';

/**
 * Builds the whole next output in the empty folder `stage`: what is kept is carried over, what is new is written,
 * folders keep their permissions.
 */
export function fill(
  stage: string,
  current: Current,
  { unchanged, kept, written, record }: Difference,
  files: ReadonlyMap<string, FileContent>,
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
    write(path.join(stage, file), files.get(file) ?? '', permissionsOf(current, file, 'file'));
  write(path.join(stage, RECORD), formatRecord(record), permissionsOf(current, RECORD, 'file'));
  // Permissions come last: nothing can be added to a read-only folder.
  for (const inside of inOrder) {
    const permissions = permissionsOf(current, inside, 'folder');
    if (permissions !== undefined) takeAfter(path.join(stage, inside), permissions);
  }
  if (current.stats !== undefined) takeAfter(stage, current.stats);
}

/** The permissions to keep for `file`, if it is still of the same kind. */
function permissionsOf({ tree }: Current, file: string, kind: 'file' | 'folder'): fs.Stats | undefined {
  const entry = tree.get(file);
  return entry?.kind === kind ? entry.stats : undefined;
}

function write(file: string, content: FileContent, permissions: fs.Stats | undefined): void {
  try {
    fs.writeFileSync(file, content, { flag: 'wx' });
  } catch (error) {
    // The error of a failed write does not name the file.
    throw Object.assign(error as Error, { path: file });
  }
  if (permissions !== undefined) takeAfter(file, permissions);
}
