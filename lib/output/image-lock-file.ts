import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SeaworthyError } from '../errors';
import { IMAGE_LOCK, ImageLock, parseImageLock } from '../manifest/image-lock';
import { codeOf, reasonOf } from './failure';

/**
 * The lock in a folder; empty where there is none.
 *
 * @throws SeaworthyError INPUT_UNREADABLE, INVALID_YAML
 */
export function readImageLock(folder: string): ImageLock {
  let text: string;
  try {
    text = readFileSync(join(folder, IMAGE_LOCK), 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return new ImageLock(new Map());
    throw new SeaworthyError({
      code: 'INPUT_UNREADABLE',
      place: IMAGE_LOCK,
      message: `cannot be read: ${reasonOf(error)}`,
      hint: 'Restore the file from version control.',
    });
  }
  return parseImageLock(text, IMAGE_LOCK);
}
