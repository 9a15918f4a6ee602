import { bash } from './bash';
import { fish } from './fish';
import type { Vocabulary } from './vocabulary';
import { zsh } from './zsh';

/** The completion script of each shell, by its name. */
export const SHELLS: ReadonlyMap<string, (vocabulary: Vocabulary) => string> = new Map([
  ['bash', bash],
  ['zsh', zsh],
  ['fish', fish],
]);
