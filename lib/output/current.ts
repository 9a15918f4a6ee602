import fs from 'node:fs';
import path from 'node:path';
import { SeaworthyError } from '../errors';
import { codeOf } from './failure';
import { type Output, refuseProject } from './output';
import { RECORD } from './paths';
import { readRecord } from './record';
import { type Tree, walk } from './tree';

/** The state of an output before a run. */
export interface Current {
  readonly output: Output;
  /** Where it is found: the output itself, or an older one that a crash left aside. */
  readonly folder: string;
  /** The folder itself; `undefined` if there is no output yet. */
  readonly stats: fs.Stats | undefined;
  readonly tree: Tree;
  /** The files an earlier run wrote, or `undefined` if there is no record. */
  readonly recorded: ReadonlySet<string> | undefined;
  /** Differs after every swap. */
  readonly stamp: string;
}

/**
 * The content of `folder`, which is the output or its replacement.
 *
 * @throws SeaworthyError OUTPUT_UNWRITABLE when it is a file or holds a mount point, OUTPUT_NOT_OURS when it is a
 * project.
 */
export function look(output: Output, folder = output.directory): Current {
  const stats = fs.lstatSync(folder, { throwIfNoEntry: false });
  if (stats === undefined) return { output, folder, stats, tree: new Map(), recorded: undefined, stamp: '' };
  if (!stats.isDirectory()) {
    const hint = 'Choose another output, or remove the file.';
    throw new SeaworthyError({
      code: 'OUTPUT_UNWRITABLE',
      place: output.given,
      message: 'this is not a folder',
      hint,
    });
  }
  const record = recordStats(folder);
  const stamp = stampWith(folder, record);
  // If a record existed and cannot be read, another run has just renamed its folder.
  const recorded = record === undefined ? undefined : readRecord(folder);
  refuseProject(output, recorded ?? new Set());
  const tree = walk(folder);
  refuseMounts(output, stats, tree);
  return { output, folder, stats, tree, recorded, stamp };
}

/** Distinguishes one output from the next: each has its own folder and record. */
export function stampOf(folder: string): string {
  return stampWith(folder, recordStats(folder));
}

/**
 * The stamp of a folder that was read with this record. A record that was not found counts as none, also if it is there
 * a moment later: another run had set the folder aside, and has put it back.
 */
function stampWith(folder: string, record: fs.BigIntStats | undefined): string {
  const own = fs.lstatSync(folder, { bigint: true });
  return [own.dev, own.ino, record?.ino, record?.mtimeNs].join(' ');
}

function recordStats(folder: string): fs.BigIntStats | undefined {
  return fs.lstatSync(path.join(folder, RECORD), { bigint: true, throwIfNoEntry: false });
}

/** Whether the output is the one that was looked at. */
export function isStill({ folder, stamp }: Current): boolean {
  try {
    return stampOf(folder) === stamp;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

/**
 * What is mounted inside an output would be emptied with the old one. Only folders are reliable: on an overlay file system,
 * as in containers, files may have the device of the layer below.
 */
function refuseMounts(output: Output, { dev }: fs.Stats, tree: Tree): void {
  for (const [folder, { kind, stats }] of tree) {
    if (kind !== 'folder' || stats.dev === dev) continue;
    throw new SeaworthyError({
      code: 'OUTPUT_UNWRITABLE',
      place: path.join(output.given, folder),
      message: 'another file system is mounted here, and the output is replaced as a whole',
      hint: 'Unmount it, or choose another output.',
    });
  }
}
