import type { Change } from '../../plan/change';
import { EFFECT_ORDER, effectWord, isChange } from './effects';
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
    ({ id, effect, fields, origin }) => [id, effectWord(effect, report), fields, origin?.source],
  );
  const words = new Set(EFFECT_ORDER.map((effect) => effectWord(effect, report)));
  return [...words].flatMap((word) => {
    const found = merged.filter(({ value }) => effectWord(value.effect, report) === word);
    return found.length === 0 ? [] : [{ word, found }];
  });
}
