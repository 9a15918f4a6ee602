import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import listed from './equivalents.json';
import type { Mutant } from './mutant';

interface Equivalent extends Pick<Mutant, 'file' | 'original' | 'replacement'> {
  /** The text of the line where the mutant begins, without its indentation. */
  readonly line: string;
  readonly reason: string;
}

const equivalents: readonly Equivalent[] = listed;

/** Whether a mutant is known to change nothing that anybody could see; `equivalents.json` says why of each. */
export function isEquivalent(root: string, { file, line, original, replacement }: Mutant): boolean {
  const known = equivalents.filter((one) => one.file === file && one.original === original);
  if (!known.some((one) => one.replacement === replacement)) return false;
  const text = readFileSync(join(root, file), 'utf8').split('\n')[line - 1]?.trim();
  return known.some((one) => one.replacement === replacement && one.line === text);
}
