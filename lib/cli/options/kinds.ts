import { InvalidArgumentError, Option } from 'commander';
import { nearest, oneOf } from '../../errors';

/** An option with a value. A second value is refused, since one of the two would be lost; so is an empty one. */
export function valued(
  flags: string,
  description: string,
  read: (value: string) => unknown = (value) => value,
): Option {
  return new Option(flags, description).argParser((value: string, previous: unknown) => {
    if (previous !== undefined) throw new InvalidArgumentError('The option is given twice.');
    refuseBlank(value);
    return read(value);
  });
}

/** An option that may be repeated; its values make a list. */
export function repeated(
  flags: string,
  description: string,
  read: (value: string) => unknown = (value) => value,
): Option {
  return new Option(flags, description).argParser(
    (value: string, previous: readonly unknown[] | undefined) => {
      refuseBlank(value);
      return [...(previous ?? []), read(value)];
    },
  );
}

/** A blank mostly comes from a variable of the shell that is not set. */
export function refuseBlank(value: string): void {
  if (value === '') throw new InvalidArgumentError('The value is empty.');
  if (value.trim() === '') throw new InvalidArgumentError('The value is blank.');
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
