import { createInterface } from 'node:readline/promises';
import { SeaworthyError } from '../../errors';
import type { Context } from '../terminal/context';
import type { ApplyFlags } from './flags';

/** Whether there is somebody to ask. */
export function isAttended({ io }: Context): boolean {
  return (io.stdin as { readonly isTTY?: boolean } | undefined)?.isTTY === true && io.stderr.isTTY === true;
}

/**
 * Refuses to begin what could not be confirmed.
 *
 * @throws SeaworthyError USAGE
 */
export function refuseUnattended({ yes, plan, writePlan }: ApplyFlags, context: Context): void {
  if (yes === true || plan !== undefined || writePlan !== undefined || isAttended(context)) return;
  throw new SeaworthyError({
    code: 'USAGE',
    path: '--yes',
    message: 'nobody can confirm the plan: there is no terminal',
    hint: 'Use --yes, or have it reviewed: --write-plan plan.json, and then --plan plan.json.',
  });
}

/** Asks on the terminal; anything but yes is no. */
export async function confirmed(question: string, { io, terminal }: Context): Promise<boolean> {
  const { stdin, stderr, signal } = io;
  if (stdin === undefined) return false;
  terminal.clear();
  const asking = createInterface({ input: stdin, output: stderr });
  try {
    const answer = await asking.question(`${question} [y/N] `, signal === undefined ? {} : { signal });
    return /^\s*y(es)?\s*$/i.test(answer);
  } finally {
    asking.close();
  }
}
