import { pattern } from '../functions/regexes';
import { problemAt } from '../problem';
import type { CelProblem } from '../problem';
import type { Call } from '../syntax/expression';
import { parseDuration, parseTimestamp, timestamp } from '../values/time';
import { CelError } from '../values/value';
import type { Checked } from './checker';
import { checkFormat } from './formats';

/**
 * Checks literals that are invalid before evaluation: durations, times, regular expressions, and formats with their
 * arguments.
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
  if (parser === undefined && name !== 'matches') return [0, undefined];
  const given = args[name === 'matches' && target === undefined ? 1 : 0];
  if (given?.kind !== 'literal') return [0, undefined];
  const { literal, at } = given;
  if (parser !== undefined && name === 'timestamp' && literal.type === 'int')
    return [at, messageOf(timestamp(literal.value * 1_000_000_000n))];
  if (name === 'duration' && literal.type === 'int') return [at, 'must be a string, such as 90s'];
  if (literal.type !== 'string') return [0, undefined];
  return [at, messageOf(parser === undefined ? pattern(literal.value) : parser(literal.value))];
}

function messageOf(parsed: unknown): string | undefined {
  return parsed instanceof CelError ? parsed.message : undefined;
}
