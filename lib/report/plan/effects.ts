import type { Change } from '../../plan/change';
import type { Effect } from '../../plan/effect';
import type { PlanPart, PlanReport } from './report';

/** From what matters most to what matters least. */
export const EFFECTS: readonly Effect[] = [
  'rejected',
  'deleted',
  'pods-replaced',
  'updated',
  'created',
  'none',
];

/** How many objects meet each effect. */
export function effectCounts(parts: readonly PlanPart[]): Readonly<Record<Effect, number>> {
  const counts = { rejected: 0, deleted: 0, 'pods-replaced': 0, updated: 0, created: 0, none: 0 };
  for (const { changes } of parts) for (const { effect } of changes) counts[effect]++;
  return counts;
}

/** `2 rejected, 1 pods-replaced, 3 updated, 10 unchanged`, without what there is none of. */
export function countsInWords(report: PlanReport): string {
  const found = effectCounts(report.parts);
  const counts = new Map<string, number>();
  for (const effect of EFFECTS) {
    const [word, count] = [effectWord(effect, report), found[effect]];
    if (count > 0) counts.set(word, (counts.get(word) ?? 0) + count);
  }
  const words = [...counts].map(([word, count]) => `${count} ${word}`);
  return words.length === 0 ? 'no objects' : words.join(', ');
}

/** What an effect is called. Of two that are both there, nothing is said but how they differ. */
export function effectWord(effect: Effect, { mode, before, after }: PlanReport): string {
  if (mode === 'change') return effect === 'none' ? 'unchanged' : effect;
  if (effect === 'none') return 'alike';
  if (effect === 'created') return `only in ${after.name}`;
  return effect === 'deleted' ? `only in ${before.name}` : 'different';
}

export function isChange({ effect }: Change): boolean {
  return effect !== 'none';
}
