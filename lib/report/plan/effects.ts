import type { Change } from '../../plan/change';
import { EFFECTS, type Effect } from '../../plan/effects';
import { isOnlyDrift } from './drift';
import { isRaised } from './fields';
import { counted } from '../counts';
import type { PlanPart, PlanReport } from './report';

/** How many objects have each effect. */
export function effectCounts(parts: readonly PlanPart[]): Readonly<Record<Effect, number>> {
  const counts = { rejected: 0, deleted: 0, 'pods-replaced': 0, updated: 0, created: 0, none: 0 };
  for (const { changes } of parts) for (const { effect } of changes) counts[effect]++;
  return counts;
}

/** What becomes of an object, for people: an effect, or what says more than that. */
type Outcome = Effect | 'replaced' | 'kept' | 'not-applied' | 'raised' | 'drifted';

/** From what matters most to what matters least. */
const OUTCOMES: Readonly<Record<Outcome, string>> = {
  rejected: EFFECTS.rejected,
  deleted: EFFECTS.deleted,
  replaced: 'replaced',
  'pods-replaced': EFFECTS['pods-replaced'],
  updated: EFFECTS.updated,
  created: EFFECTS.created,
  kept: 'kept, no longer managed',
  'not-applied': 'not applied',
  drifted: 'drifted',
  raised: 'only in another API version',
  none: EFFECTS.none,
};

const ORDER = Object.keys(OUTCOMES) as Outcome[];

/** The words for what becomes of objects, in the order of reports. */
export function outcomeWords(report: PlanReport): ReadonlySet<string> {
  return new Set(ORDER.map((outcome) => wordFor(outcome, report)));
}

/** What becomes of an object, in a word. */
export function outcomeOf(change: Change, report: PlanReport): string {
  return wordFor(outcome(change), report);
}

function outcome(change: Change): Outcome {
  const { effect, kept, notApplied, recreated, replaces } = change;
  if (kept !== undefined) return 'kept';
  if (notApplied !== undefined) return 'not-applied';
  if (isOnlyDrift(change)) return 'drifted';
  if (isRaised(change)) return 'raised';
  return recreated === undefined && replaces === undefined ? effect : 'replaced';
}

/** `2 rejected, 1 rolled out, 3 updated, 10 unchanged`, without words that fit no object. */
export function countsInWords(report: PlanReport): string {
  const counts = new Map([...outcomeWords(report)].map((word) => [word, 0]));
  for (const { changes } of report.parts) {
    for (const change of changes.filter(isTold)) {
      const word = outcomeOf(change, report);
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  const words = [...counts].filter(([, count]) => count > 0).map(([word, count]) => `${count} ${word}`);
  return words.length === 0 ? 'no objects' : words.join(', ');
}

/** Of two sides that both exist, only the difference is said. */
function wordFor(outcome: Outcome, { mode, before, after }: PlanReport): string {
  if (mode === 'change') return OUTCOMES[outcome];
  if (outcome === 'none' || outcome === 'raised') return 'alike';
  if (outcome === 'created') return `only in ${after.name}`;
  return outcome === 'deleted' || outcome === 'kept' ? `only in ${before.name}` : 'different';
}

/** Whether an object changes, or leaves those that are managed. */
export function isChange({ effect, kept }: Change): boolean {
  return effect !== 'none' || kept !== undefined;
}

/** Whether reports list an object: one that changes, or that would if somebody applied it. */
export function isListed(change: Change): boolean {
  return isChange(change) || change.notApplied !== undefined;
}

/** Whether nothing changes anywhere. */
export function isQuiet(parts: readonly PlanPart[]): boolean {
  return parts.every(({ changes }) => !changes.some((change) => isChange(change) || isOnlyDrift(change)));
}

/** `10 objects`, `10 objects, 1 of them not applied`: what a plan without a change looked at. */
export function unchangedInWords(parts: readonly PlanPart[]): string {
  const all = parts.flatMap(({ changes }) => changes);
  const left = all.filter(({ notApplied }) => notApplied !== undefined).length;
  const objects = counted(all.length, 'object');
  return left === 0 ? objects : `${objects}, ${left} of them not applied`;
}

/** Whether an object is told separately: one that another takes the place of is told with that. */
export function isTold({ replacedBy }: Change): boolean {
  return replacedBy === undefined;
}
