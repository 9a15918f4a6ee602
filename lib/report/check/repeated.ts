import { groupBy, type Merged } from './merge';

/** A finding as it is shown, with those that say the same elsewhere. */
export interface Shown extends Merged {
  readonly others: readonly Merged[];
}

/** From so many places on, what says the same is shown once. Fewer are read faster where they are. */
const MANY = 5;

/**
 * The findings to show: of those that say the same at many places, such as what is missing there and named everywhere, the
 * first, with the others. An error is shown wherever it is.
 */
export function withoutRepetition(merged: readonly Merged[]): Shown[] {
  const groups = groupBy(merged, wordsOf);
  const leaders = new Map(groups.filter(isMany).map(([first, ...others]) => [first, others]));
  const hidden = new Set([...leaders.values()].flat());
  return merged
    .filter((each) => !hidden.has(each))
    .map((each) => ({ ...each, others: leaders.get(each) ?? [] }));
}

function wordsOf({ finding: { rule, severity, message, hint } }: Merged): string {
  return JSON.stringify([rule, severity, message, hint]);
}

function isMany(group: readonly [Merged, ...Merged[]]): boolean {
  return group[0].finding.severity !== 'error' && group.length >= MANY;
}
