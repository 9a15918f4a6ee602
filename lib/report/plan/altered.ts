import type { Change } from '../../plan/change';
import { isChange, outcomeOf, outcomeWords } from './effects';
import { merge, type Merged } from './merge';
import type { PlanReport } from './report';

/** Objects with the same effect, and the word for it. */
export interface AlteredGroup {
  readonly word: string;
  readonly found: readonly Merged<Change>[];
}

/** What changes, by its effect, the worst first; objects that change alike in several places as one. */
export function alteredGroups(report: PlanReport): AlteredGroup[] {
  const merged = merge(
    report.parts,
    ({ changes }) => changes.filter(isChange),
    (change) => [change.id, outcomeOf(change, report), change.fields, change.origin?.source],
  );
  return [...outcomeWords(report)].flatMap((word) => {
    const found = merged.filter(({ value }) => outcomeOf(value, report) === word);
    return found.length === 0 ? [] : [{ word, found }];
  });
}
