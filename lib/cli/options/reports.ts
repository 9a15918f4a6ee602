import { InvalidArgumentError, type Option } from 'commander';
import { SeaworthyError } from '../../errors';
import type { Format } from '../../report/format';
import { chosen, repeated } from './kinds';

/** A report that `--output` asks for: `sarif`, or `sarif=seaworthy.sarif`. */
export interface Output<F extends Format<unknown>> {
  readonly format: F;
  /** @default stdout */
  readonly file?: string;
}

/** `--output`: one of `formats`, and optionally the file to write it to. */
export function outputOption(formats: readonly Format<unknown>[], example: string): Option {
  const names = formats.map(({ name }) => name);
  const read = (value: string): Format<unknown> | undefined => {
    const name = chosen(value, names);
    return formats.find((format) => format.name === name);
  };
  const option = repeated(
    '-o, --output <format>',
    `format of the report, and optionally a file, as in ${example} (repeatable)`,
    (value) => {
      const equals = value.indexOf('=');
      if (equals < 0) return { format: read(value) };
      const file = value.slice(equals + 1);
      if (file.trim() === '') throw new InvalidArgumentError('The file name is missing.');
      return { format: read(value.slice(0, equals)), file };
    },
  );
  option.argChoices = names;
  return option;
}

/**
 * Refuses two reports on stdout.
 *
 * @throws SeaworthyError USAGE
 */
export function refuseTwoReports(outputs: readonly Output<Format<unknown>>[] = []): void {
  const [first, second] = outputs.filter(({ file }) => file === undefined);
  if (first === undefined || second === undefined) return;
  const { name } = second.format;
  throw new SeaworthyError({
    code: 'USAGE',
    path: '--output',
    message: `${first.format.name} and ${name} would both go to stdout`,
    hint: `Write one of them to a file: --output ${name}=report.txt.`,
  });
}
