import fs from 'node:fs';
import path from 'node:path';
import { codeOf } from './failure';

export interface Entry {
  /** `other`: sockets, pipes and devices. */
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  readonly stats: fs.Stats;
}

/** Everything below a folder by relative POSIX path, a folder before what it holds. Symbolic links are not followed. */
export type Tree = ReadonlyMap<string, Entry>;

export function walk(root: string): Tree {
  const tree = new Map<string, Entry>();
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const name of fs.readdirSync(path.join(root, folder)).sort()) {
      const relative = `${folder}${name}`;
      const stats = fs.lstatSync(path.join(root, relative));
      const kind = kindOf(stats);
      tree.set(relative, { kind, stats });
      if (kind === 'folder') folders.push(`${relative}/`);
    }
  }
  return tree;
}

function kindOf(stats: fs.Stats): Entry['kind'] {
  if (stats.isFile()) return 'file';
  if (stats.isDirectory()) return 'folder';
  return stats.isSymbolicLink() ? 'link' : 'other';
}

/** Error codes of file systems without hard links, or without them for this file. */
const NO_LINK: readonly (string | undefined)[] = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

/**
 * Puts `entry`, which is at `from`, at `to` as well: as a hard link, so that its content, times
 * and permissions always stay the same, or as a copy if links are not possible.
 */
export function carry(entry: Entry, from: string, to: string): void {
  if (entry.kind === 'link') {
    fs.symlinkSync(fs.readlinkSync(from), to);
    return;
  }
  try {
    fs.linkSync(from, to);
  } catch (error) {
    if (entry.kind !== 'file' || !NO_LINK.includes(codeOf(error))) throw error;
    fs.copyFileSync(from, to, fs.constants.COPYFILE_EXCL);
    takeAfter(to, entry.stats);
    fs.utimesSync(to, entry.stats.atime, entry.stats.mtime);
  }
}

/** Gives `file` the permissions of the file that it replaces, and the owner if allowed. */
export function takeAfter(file: string, { uid, gid, mode }: fs.Stats): void {
  const own = fs.statSync(file);
  if (own.uid !== uid || own.gid !== gid) {
    try {
      fs.chownSync(file, uid, gid);
    } catch (error) {
      if (codeOf(error) !== 'EPERM') throw error;
    }
  }
  fs.chmodSync(file, mode & 0o7777);
}
