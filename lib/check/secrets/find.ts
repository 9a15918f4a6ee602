import { isSecretValue } from './named';
import { secretSpans } from './spans';

/** The kind of secret in a text, without the secret itself; `undefined` if there is none. */
export function secretIn(text: string): string | undefined {
  return secretSpans(text).find(({ isCertain }) => isCertain)?.what;
}

/** The kind of secret in a value with a name, such as an environment variable. */
export function secretUnder(name: string, value: string): string | undefined {
  return secretIn(value) ?? (isSecretValue(name, value) ? 'a secret in plain text' : undefined);
}

/** `--db-password=hunter2`, `-Dtoken=…`, `PASSWORD=…`. */
const FLAG = /^-{0,2}([A-Za-z][\w.-]*)=(.*)$/s;

/** The secrets in the arguments of a program, by index. */
export function secretArguments(
  args: readonly string[],
): readonly (readonly [index: number, what: string])[] {
  return args.flatMap((argument, index) => {
    const what = underFlag(argument) ?? afterFlag(args[index - 1], argument);
    return what === undefined ? [] : [[index, what] as const];
  });
}

function underFlag(argument: string): string | undefined {
  const [, name, value] = FLAG.exec(argument) ?? [];
  return name === undefined || value === undefined ? secretIn(argument) : secretUnder(name, value);
}

/** `--password`, `hunter2`; `-u`, `shop:hunter2`. */
function afterFlag(before: string | undefined, argument: string): string | undefined {
  const name = /^--?([A-Za-z][\w.-]*)$/.exec(before ?? '')?.[1];
  if (name === undefined || argument.startsWith('-')) return undefined;
  return secretUnder(name, argument) ?? secretIn(`${before} ${argument}`);
}

/** Longer lines are data, not settings. */
const LONGEST_LINE = 1000;

const COMMENT = /^\s*(?:#|;|\/\/(?!\S+\/:_)|--)(?!-)/;

/** The kind of secret in an entry of a ConfigMap: a value, or a whole file. */
export function secretInEntry(key: string, text: string): string | undefined {
  if (!text.includes('\n')) return secretUnder(key, text);
  // Blank lines keep the offsets of a file with keys and elements of several lines.
  const lines = text.split('\n').filter((line) => line.length <= LONGEST_LINE && !COMMENT.test(line));
  return secretIn(lines.join('\n'));
}
