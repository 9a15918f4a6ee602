import { CLAUSE } from '../functions/format';
import { problemAt } from '../problem';
import type { CelProblem } from '../problem';
import type { Call, Expr } from '../syntax/expression';
import type { Checked } from './checker';
import { describeType } from './type';
import type { TypeKind } from './type';

/** The types that each verb of a format accepts. */
const TAKES: Readonly<Record<string, readonly TypeKind[]>> = {
  s: [
    ...(['list', 'map', 'int', 'uint', 'double', 'bool', 'string'] as const),
    ...(['timestamp', 'bytes', 'duration', 'type', 'null'] as const),
  ],
  d: ['int', 'uint'],
  f: ['double', 'string'],
  e: ['double', 'string'],
  b: ['int', 'uint', 'bool'],
  x: ['int', 'uint', 'string', 'bytes'],
  X: ['int', 'uint', 'string', 'bytes'],
  o: ['int', 'uint'],
};

/** Checks `'…'.format([…])`, where both are literals: the arguments must match the clauses. */
export function checkFormat({ at, target, args }: Call, checked: Checked, text: string): CelProblem[] {
  const [list] = args;
  if (target?.kind !== 'literal' || target.literal.type !== 'string' || list?.kind !== 'list') return [];
  let used = 0;
  for (const [clause, , verb = ''] of target.literal.value.matchAll(CLAUSE)) {
    if (clause === '%%') continue;
    const argument = list.items[used]?.value;
    if (argument === undefined) return [problemAt(text, at, `there is no argument for ${clause}`)];
    if (!Object.hasOwn(TAKES, verb)) return [problemAt(text, at, `${clause} is not a clause of a format`)];
    const wrong = misfit(verb, argument, checked);
    if (wrong !== undefined) return [problemAt(text, argument.at, wrong)];
    used += 1;
  }
  const extra = list.items.length - used;
  return extra > 0
    ? [problemAt(text, at, `the format takes ${used} arguments, and there are ${extra} more`)]
    : [];
}

function misfit(verb: string, argument: Expr, checked: Checked): string | undefined {
  const type = checked.types.get(argument);
  if (type === undefined || type.kind === 'dyn') return undefined;
  if (TAKES[verb]?.includes(type.kind) !== true)
    return `%${verb} does not take a value of type ${describeType(type)}`;
  if (verb !== 's') return undefined;
  const parts =
    argument.kind === 'list'
      ? argument.items.map(({ value }) => value)
      : argument.kind === 'map'
        ? argument.entries.flatMap(({ key, value }) => [key, value])
        : [];
  return parts.map((part) => misfit(verb, part, checked)).find((wrong) => wrong !== undefined);
}
