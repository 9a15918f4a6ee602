import { observeProgress } from '../../manifest/progress';
import type { Context } from './context';

/** Milliseconds for which a command shows nothing, and then the least between two lines. */
const PATIENCE = 1000;
const PACE = 100;

/** What a command prints, as far as it says whether a person reads it. */
export interface Printed {
  readonly output?: readonly { readonly format?: { readonly name: string }; readonly file?: string }[];
}

/**
 * Runs a command that may take long, and shows on a terminal what it does and how far it is: a line, which goes when
 * something else is written or the command ends. The loops that are counted hold up all timers, so that they are what looks at
 * the clock.
 *
 * @param now milliseconds of some clock
 */
export async function withProgress<T>(
  { io, terminal }: Context,
  { output = [] }: Printed,
  work: () => Promise<T>,
  now: () => number = () => performance.now(),
): Promise<T> {
  const isForProgram = output.some(({ format, file }) => file === undefined && format?.name !== 'text');
  if (!terminal.live || isForProgram || (io.env['CI'] ?? 'false') !== 'false') return work();
  let next = now() + PATIENCE;
  const end = observeProgress((doing, done, total) => {
    const time = now();
    if (time < next) return;
    next = time + PACE;
    terminal.show(`${doing} … ${done} of ${total}`);
  });
  try {
    return await work();
  } finally {
    end();
    terminal.clear();
  }
}
