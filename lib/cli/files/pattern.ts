/** A pattern for files, as shells have them: `deploy/*.yaml`, `apps/{shop,blog}/**`. */
export interface Pattern {
  /** The folder that all matches are in, as the pattern names it. */
  readonly folder: string;
  /** Whether a path below `folder`, or a folder that it is in, matches. */
  readonly matches: (path: string) => boolean;
}

/** What each sign of a pattern means, longest first. */
const SIGNS: readonly (readonly [RegExp, (sign: string) => string])[] = [
  [/^\*\*\//, () => '(?:(?!\\.)[^/]+/)*'],
  [/^\*\*/, () => '.*'],
  [/^\*/, () => '[^/]*'],
  [/^\?/, () => '[^/]'],
  [/^\[[!^]?[^/\]]+\]/, (sign) => sign.replace(/^\[[!^]/, '[^').replaceAll('\\', '\\\\')],
  [/^\{/, () => '(?:'],
  [/^\}/, () => ')'],
  [/^\\./, (sign) => literal(sign.slice(1))],
];

/**
 * The pattern that `arg` is, or nothing if it is a path. Shells expand patterns before we see them, unless they are in
 * quotes, come from a file such as a workflow, or the shell is one of Windows. `*` does not match a name that begins with
 * a dot.
 */
export function patternOf(arg: string): Pattern | undefined {
  const text = process.platform === 'win32' ? arg.replaceAll('\\', '/') : arg;
  const first = text.search(/[*?[{]/);
  if (first < 0) return undefined;
  const start = text.lastIndexOf('/', first) + 1;
  try {
    const expression = new RegExp(`^${expressionOf(text.slice(start).replace(/\/+$/, ''))}(?:/.*)?$`, 's');
    return { folder: text.slice(0, start) || '.', matches: (path) => expression.test(path) };
  } catch {
    return undefined; // A bracket that is not closed: a name, if anything.
  }
}

function expressionOf(pattern: string): string {
  let expression = '';
  let depth = 0;
  for (let rest = pattern; rest !== '';) {
    const [sign, toExpression] = SIGNS.find(([each]) => each.test(rest)) ?? [/^[^]/u, literal];
    const found = sign.exec(rest)?.[0] ?? '';
    const isFirst = rest === pattern || pattern[pattern.length - rest.length - 1] === '/';
    if (isFirst && /^[*?[]/.test(found)) expression += '(?!\\.)';
    if (found === '{') depth++;
    if (found === '}') depth--;
    expression += found === ',' && depth > 0 ? '|' : toExpression(found);
    rest = rest.slice(found.length);
  }
  return expression;
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
