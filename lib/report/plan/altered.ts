import { formatId } from '../../manifest/manifest';
import type { Change } from '../../plan/change';
import { isChange, isTold, outcomeOf, outcomeWords } from './effects';
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
    ({ changes }) => changes.filter((change) => isChange(change) && isTold(change)),
    (change) => [nameOf(change), outcomeOf(change, report), change.fields, change.origin?.source],
  );
  return [...outcomeWords(report)].flatMap((word) => {
    const found = merged.filter(({ value }) => outcomeOf(value, report) === word);
    return found.length === 0 ? [] : [{ word, found }];
  });
}

/** `ConfigMap shop/env-2`, or `ConfigMap shop/env-1 → env-2` of an object that takes the place of another. */
export function nameOf({ id, replaces }: Change): string {
  if (replaces === undefined) return formatId(id);
  return `${formatId(replaces)} → ${replaces.namespace === id.namespace ? id.name : formatId(id)}`;
}
