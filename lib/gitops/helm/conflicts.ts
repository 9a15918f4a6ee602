import type { Problem } from '../../errors';
import type { ChartValue } from '../../manifest/chart-value';

/**
 * Refuses values of one chart that do not go together.
 *
 * @param values by path, sorted
 * @param report takes INVALID_VALUE for two values of one path, and for a path below another one
 */
export function refuseConflicts(values: readonly ChartValue[], report: (problem: Problem) => void): void {
  for (const [index, value] of values.entries()) {
    for (const other of values.slice(0, index)) {
      if (other.path === value.path) report(conflict(value, other, different(value, other)));
      else if (value.path.startsWith(`${other.path}.`))
        report(conflict(value, other, `"${other.path}" is a value itself, and can have none below it`));
    }
  }
}

function different({ initial }: ChartValue, { initial: other }: ChartValue): string {
  return typeof initial === typeof other
    ? `it has two defaults in one chart, ${JSON.stringify(other)} and ${JSON.stringify(initial)}`
    : `it has two types in one chart, ${typeof other} and ${typeof initial}`;
}

function conflict(value: ChartValue, other: ChartValue, message: string): Problem {
  return {
    code: 'INVALID_VALUE',
    path: `value("${value.path}")`,
    message: `${message}${other.source === undefined ? '' : ` (${other.source})`}`,
    hint: 'Give one of them another path.',
    ...(value.source !== undefined && { source: value.source }),
  };
}
