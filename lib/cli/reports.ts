import { writeFileSync } from 'node:fs';
import { InvalidArgumentError, type Option } from 'commander';
import { SeaworthyError } from '../errors';
import { chosen, repeated } from './options';

/** A report that is asked for: `sarif`, or `sarif=seaworthy.sarif`. */
export interface Output<Format extends string> {
  readonly format: Format;
  /** @default stdout */
  readonly file?: string;
}

/** `--output`: how to report, and where to. */
export function outputOption<Format extends string>(formats: readonly Format[], example: string): Option {
  const option = repeated(
    '-o, --output <format>',
    `how to report; with a file, as in ${example}, beside another (repeatable)`,
    (value): Output<Format> => {
      const equals = value.indexOf('=');
      if (equals < 0) return { format: chosen(value, formats) };
      const file = value.slice(equals + 1);
      if (file === '') throw new InvalidArgumentError('It names no file.');
      return { format: chosen(value.slice(0, equals), formats), file };
    },
  );
  option.argChoices = [...formats];
  return option;
}

/**
 * Refuses two reports in one stream, which are none.
 *
 * @throws SeaworthyError USAGE
 */
export function refuseTwoReports(outputs: readonly Output<string>[] = []): void {
  const [first, second] = outputs.filter(({ file }) => file === undefined);
  if (first === undefined || second === undefined) return;
  throw new SeaworthyError({
    code: 'USAGE',
    path: '--output',
    message: `${first.format} and ${second.format} would both go to stdout`,
    hint: `Give one of them a file: --output ${second.format}=report.txt.`,
  });
}

/** @throws SeaworthyError OUTPUT_UNWRITABLE */
export function writeReport(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new SeaworthyError({ code: 'OUTPUT_UNWRITABLE', place: path, message: (error as Error).message });
  }
}
