import { SeaworthyError } from '../../errors';
import { openProject } from '../project/project';
import type { Context } from '../terminal/context';
import type { SynthFlags } from './flags';
import { synthOnce } from './once';

/**
 * `seaworthy synth`: runs the app and writes its manifests, prints them, or compares them with the output.
 *
 * @returns 1 if the manifests have errors, or the output is stale, else 0
 */
export async function synth(flags: SynthFlags, context: Context): Promise<number> {
  if (flags.check === true) refuseWithCheck(flags);
  if (flags.watch === true) return (await import('./watch')).watch(flags, context);
  const project = openProject(flags, context, 'synth');
  if (flags.check === true) return (await import('./compare')).compare(project, flags, context);
  const { refused } = await synthOnce(project, flags, context);
  return refused ? 1 : 0;
}

/** The parser cannot: to it `--no-check`, which may stand with both, is the same option. */
function refuseWithCheck({ stdout, watch }: SynthFlags): void {
  const other = stdout === true ? '--stdout' : watch === true ? '--watch' : undefined;
  if (other === undefined) return;
  throw new SeaworthyError({
    code: 'USAGE',
    path: '--check',
    message: `cannot be used with ${other}`,
    hint: '--check writes nothing; it compares the output with what the app synthesizes.',
  });
}
