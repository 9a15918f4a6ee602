import { isSecretValue } from './named';
import { passwordInAddress, tokenIn } from './tokens';

/** The kind of secret in a text, without the secret itself; `undefined` if there is none. */
export function secretIn(text: string): string | undefined {
  return tokenIn(text) ?? (passwordInAddress(text) ? 'a URL with a password' : undefined);
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
    const what = secretIn(argument) ?? underFlag(argument) ?? afterFlag(args[index - 1], argument);
    return what === undefined ? [] : [[index, what] as const];
  });
}

function underFlag(argument: string): string | undefined {
  const [, name, value] = FLAG.exec(argument) ?? [];
  return name === undefined || value === undefined ? undefined : secretUnder(name, value);
}

/** `--password`, `hunter2`. */
function afterFlag(before: string | undefined, argument: string): string | undefined {
  const name = /^--?([A-Za-z][\w.-]*)$/.exec(before ?? '')?.[1];
  return name === undefined || argument.startsWith('-') ? undefined : secretUnder(name, argument);
}

/** Longer lines are data, not settings. */
const LONGEST_LINE = 1000;

const COMMENT = /^\s*(?:#|;|\/\/|--)(?!-)/;

/** A line of a properties, INI, TOML or YAML file with a literal value. */
const SETTING = /^\s*(?:export\s+)?["']?([A-Za-z][\w.-]*)["']?\s*[:=]\s*["']?([\w.+/=@!*^~-]{6,})["']?,?\s*$/;

/** The kind of secret in an entry of a ConfigMap: a value, or a whole file. */
export function secretInEntry(key: string, text: string): string | undefined {
  if (!text.includes('\n')) return secretUnder(key, text);
  for (const line of text.split('\n')) {
    if (line.length > LONGEST_LINE || COMMENT.test(line)) continue;
    const what = secretIn(line) ?? underSetting(line);
    if (what !== undefined) return what;
  }
  return undefined;
}

function underSetting(line: string): string | undefined {
  const [, name, value] = SETTING.exec(line) ?? [];
  // A value without digits may be an ordinary word: the name of a type, a variable, a column.
  if (name === undefined || value === undefined || !/\d/.test(value)) return undefined;
  return isSecretValue(name, value) ? `a secret in plain text, under "${name}"` : undefined;
}
