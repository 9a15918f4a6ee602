import fs from 'node:fs';
import path from 'node:path';
import { codeOf } from './failure';

/**
 * Creates `folder` and those above it that do not exist. `fs.mkdirSync` with `recursive` never returns where the system
 * says of a new folder that it does not exist, as `/proc` does (Node 20 to 24).
 *
 * @returns the outermost folder that was created; nothing if all exist
 */
export function makeFolders(folder: string): string | undefined {
  if (fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return undefined;
  const above = path.dirname(folder);
  const made = above === folder ? undefined : makeFolders(above);
  try {
    fs.mkdirSync(folder);
  } catch (error) {
    // Another process may have been faster.
    if (codeOf(error) !== 'EEXIST' || !fs.statSync(folder).isDirectory()) throw error;
    return made;
  }
  return made ?? folder;
}
