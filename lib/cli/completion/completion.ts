import type { Command } from 'commander';
import { FIT_FACTS } from '../../check/fit-facts';
import { RULES } from '../../check/registry';
import { SWITCHES } from '../../check/settings';
import { releases } from '../../kube/schema/releases';
import type { Context } from '../terminal/context';
import { SHELLS } from './shells';
import { vocabularyOf, type Known } from './vocabulary';

/** `seaworthy completion`: prints the script for a shell, made from the parser's own tree. */
export async function completion(shell: string, program: Command, { terminal }: Context): Promise<number> {
  await terminal.print(SHELLS.get(shell)?.(vocabularyOf(program, known())) ?? '');
  return 0;
}

/** The newest release first; each rule with each severity. */
function known(): Known {
  return {
    '--kubernetes': [...releases].reverse(),
    '--rule': [...RULES, ...Object.values(FIT_FACTS)].flatMap(({ name }) =>
      SWITCHES.map((severity) => `${name}=${severity}`),
    ),
  };
}
