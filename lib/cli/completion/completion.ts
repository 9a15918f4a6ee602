import type { Command } from 'commander';
import type { Context } from '../terminal/context';
import { SHELLS } from './shells';
import { vocabularyOf } from './vocabulary';

/** `seaworthy completion`: prints the script for a shell, made from the parser's own tree. */
export async function completion(shell: string, program: Command, { terminal }: Context): Promise<number> {
  await terminal.print(SHELLS.get(shell)?.(vocabularyOf(program)) ?? '');
  return 0;
}
