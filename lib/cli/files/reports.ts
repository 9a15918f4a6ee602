import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createColors } from 'picocolors';
import { SeaworthyError } from '../../errors';
import type { Format } from '../../report/format';
import type { Paint } from '../../report/paint';
import type { Output } from '../options/reports';
import type { Context } from '../terminal/context';

/**
 * Prints the reports that are asked for, and writes those that have a file.
 *
 * @throws SeaworthyError OUTPUT_UNWRITABLE
 */
export async function printReports<F extends Format<unknown>>(
  outputs: readonly Output<F>[],
  render: (format: F, paint: Paint) => string,
  { io, terminal }: Context,
): Promise<void> {
  for (const { format, file } of outputs) {
    if (file === undefined) await terminal.print(render(format, terminal.out));
    else write(resolve(io.cwd, file), render(format, createColors(false)));
  }
}

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new SeaworthyError({ code: 'OUTPUT_UNWRITABLE', place: path, message: (error as Error).message });
  }
}
