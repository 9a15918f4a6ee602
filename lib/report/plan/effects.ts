import type { Change } from '../../plan/change';
import { EFFECTS, type Effect } from '../../plan/effects';
import type { PlanPart, PlanReport } from './report';

/** From what matters most to what matters least. */
export const EFFECT_ORDER = Object.keys(EFFECTS) as Effect[];

/** How many objects have each effect. */
export function effectCounts(parts: readonly PlanPart[]): Readonly<Record<Effect, number>> {
  const counts = { rejected: 0, deleted: 0, 'pods-replaced': 0, updated: 0, created: 0, none: 0 };
  for (const { changes } of parts) for (const { effect } of changes) counts[effect]++;
  return counts;
}

/** `2 rejected, 1 rolled out, 3 updated, 10 unchanged`, without effects that no object has. */
export function countsInWords(report: PlanReport): string {
  const found = effectCounts(report.parts);
  const counts = new Map<string, number>();
  for (const effect of EFFECT_ORDER) {
    const [word, count] = [effectWord(effect, report), found[effect]];
    if (count > 0) counts.set(word, (counts.get(word) ?? 0) + count);
  }
  const words = [...counts].map(([word, count]) => `${count} ${word}`);
  return words.length === 0 ? 'no objects' : words.join(', ');
}

/** What an effect is called. Of two sides that both exist, only the difference is said. */
export function effectWord(effect: Effect, { mode, before, after }: PlanReport): string {
  if (mode === 'change') return EFFECTS[effect];
  if (effect === 'none') return 'alike';
  if (effect === 'created') return `only in ${after.name}`;
  return effect === 'deleted' ? `only in ${before.name}` : 'different';
}

export function isChange({ effect }: Change): boolean {
  return effect !== 'none';
}
