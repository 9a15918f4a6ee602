import { pattern } from '../functions/regexes';
import { problemAt } from '../problem';
import type { CelProblem } from '../problem';
import type { Call, Expr } from '../syntax/expression';
import { parseDuration, parseTimestamp } from '../values/time';
import { CelError } from '../values/value';
import type { Checked } from './checker';
import { checkFormat } from './formats';

/**
 * Looks at what is spelled out and can be known to be wrong before anything runs: durations, times, regular
 * expressions, and formats with their arguments.
 */
export function checkLiterals(checked: Checked, text: string): CelProblem[] {
  const problems: CelProblem[] = [];
  for (const [expr, { overloads }] of checked.calls) {
    if (expr.kind !== 'call') continue;
    if (overloads.some(({ id }) => id === 'string_format')) {
      problems.push(...checkFormat(expr, checked, text));
      continue;
    }
    const [at, problem] = literalProblem(expr);
    if (problem !== undefined) problems.push(problemAt(text, at, problem));
  }
  return problems;
}

const PARSERS: Readonly<Record<string, (text: string) => unknown>> = {
  duration: parseDuration,
  timestamp: parseTimestamp,
};

function literalProblem({ name, args, target }: Call): [at: number, problem: string | undefined] {
  const parser = Object.hasOwn(PARSERS, name) && args.length === 1 ? PARSERS[name] : undefined;
  const literal = parser === undefined && name === 'matches' ? args[target === undefined ? 1 : 0] : args[0];
  const value = stringOf(literal);
  if (value === undefined || (parser === undefined && name !== 'matches')) return [0, undefined];
  const parsed = parser === undefined ? pattern(value) : parser(value);
  return [literal?.at ?? 0, parsed instanceof CelError ? parsed.message : undefined];
}

function stringOf(expr: Expr | undefined): string | undefined {
  return expr?.kind === 'literal' && expr.literal.type === 'string' ? expr.literal.value : undefined;
}
