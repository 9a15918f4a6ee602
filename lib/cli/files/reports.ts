import { resolve } from 'node:path';
import { createColors } from 'picocolors';
import { SeaworthyError, type Problem } from '../../errors';
import { reasonOf } from '../../output/failure';
import type { Format } from '../../report/format';
import type { Paint } from '../../report/paint';
import type { Output } from '../options/reports';
import type { Context } from '../terminal/context';
import type { Terminal } from '../terminal/terminal';
import { replaceFile } from './replace';

/**
 * Prints the reports that are asked for, and writes those that have a file: all that can be written, whatever happens
 * to the others.
 *
 * @throws SeaworthyError OUTPUT_UNWRITABLE, with a problem for each that cannot
 */
export async function printReports<F extends Format<unknown>>(
  outputs: readonly Output<F>[],
  render: (format: F, paint: Paint) => string,
  { io, terminal }: Context,
): Promise<void> {
  const problems: Problem[] = [];
  for (const { format, file } of outputs) {
    const text = render(format, paintOf({ file }, terminal));
    try {
      if (file === undefined) await terminal.print(text);
      else write(resolve(io.cwd, file), text);
    } catch (error) {
      if (!(error instanceof SeaworthyError)) throw error;
      problems.push(...error.problems);
    }
  }
  const [first, ...more] = problems;
  if (first !== undefined) throw new SeaworthyError(first, ...more);
}

/** The colours of a report: those of stdout, and none in a file. */
export function paintOf({ file }: { readonly file?: string | undefined }, terminal: Terminal): Paint {
  return file === undefined ? terminal.out : createColors(false);
}

function write(path: string, text: string): void {
  try {
    replaceFile(path, text);
  } catch (error) {
    // The reader of /dev/stdout, or of a named pipe, is gone, as in `Terminal.print`.
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') return;
    throw new SeaworthyError({ code: 'OUTPUT_UNWRITABLE', place: path, message: reasonOf(error) });
  }
}
