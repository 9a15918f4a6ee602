import { InvalidArgumentError, Option } from 'commander';
import { nearest, oneOf } from '../errors';
import { DEFAULT_TIMEOUT, isTimeout } from './timeout';

/** Formats of reports, here and in commands to come: nobody means a folder by these. */
const FORMATS = ['github', 'html', 'json', 'junit', 'markdown', 'sarif', 'text', 'yaml'];

/** An option with a value. Given twice, one of the two would be lost: that is refused, as is an empty value. */
export function valued(
  flags: string,
  description: string,
  read: (value: string) => unknown = (value) => value,
): Option {
  return new Option(flags, description).argParser((value: string, previous: unknown) => {
    if (previous !== undefined) throw new InvalidArgumentError('It is given twice.');
    if (value === '') throw new InvalidArgumentError('It is empty.');
    return read(value);
  });
}

/** An option that may be given several times; the values make a list. */
export function repeated(
  flags: string,
  description: string,
  read: (value: string) => unknown = (value) => value,
): Option {
  return new Option(flags, description).argParser((value: string, previous: readonly unknown[] = []) => {
    if (value === '') throw new InvalidArgumentError('It is empty.');
    return [...previous, read(value)];
  });
}

/** An option whose value is one of `choices`. */
export function choice(flags: string, description: string, choices: readonly string[]): Option {
  const option = valued(flags, description, (value) => chosen(value, choices));
  option.argChoices = [...choices];
  return option;
}

/** `value`, which has to be one of `choices`. */
export function chosen<T extends string>(value: string, choices: readonly T[]): T {
  const choice = choices.find((word) => word === value);
  if (choice !== undefined) return choice;
  const near = nearest(value, choices);
  throw new InvalidArgumentError(
    near === undefined ? `Expected ${oneOf(choices)}.` : `Did you mean ${near}?`,
  );
}

/** What runs the app, and for how long. */
export function appOptions(): Option[] {
  return [
    valued('--app <command>', 'what runs the app, in place of `app` of cdk8s.yaml'),
    valued('--timeout <seconds>', `how long the app may take (default: ${DEFAULT_TIMEOUT})`, seconds),
  ];
}

export function environmentOption(description: string): Option {
  return valued('-e, --environment <name>', description);
}

/** The folder that `value` names. */
export function folder(value: string): string {
  if (!FORMATS.includes(value)) return value;
  throw new InvalidArgumentError(
    `It names a folder here, not a format; if the folder is called so, write ./${value}.`,
  );
}

function seconds(value: string): number {
  const number = Number(value);
  if (!isTimeout(number))
    throw new InvalidArgumentError('Expected a number of seconds above 0, at most a day.');
  return number;
}
