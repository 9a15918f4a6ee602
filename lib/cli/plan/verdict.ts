import type { Change, Consequence, ConsequenceKind } from '../../plan/change';
import type { PlanPart } from '../../report/plan/report';

/** What a plan can be refused for. */
export type Failure = 'data-loss' | Exclude<ConsequenceKind, 'data'>;

export const FAILURES: readonly Failure[] = [
  'data-loss',
  'rejected',
  'downtime',
  'traffic',
  'access',
  'identity',
  'scaling',
  'configuration',
  'rollout',
];

/** What no plan may hold unless somebody says so: neither can be taken back by applying the old state again. */
export const DEFAULT_FAILURES: readonly Failure[] = ['data-loss', 'rejected'];

/** Those of `asked` that a plan holds. */
export function failuresOf(parts: readonly PlanPart[], asked: readonly Failure[]): Failure[] {
  const changes = parts.flatMap((part) => part.changes);
  return asked.filter((failure) => changes.some((change) => holds(change, failure)));
}

function holds({ effect, consequences }: Change, failure: Failure): boolean {
  if (failure === 'rejected' && effect === 'rejected') return true;
  return consequences.some((consequence) => isMeant(consequence, failure));
}

/** Data that may be left behind is not lost; of the others, what goes as it should is no reason to stop. */
function isMeant({ kind, severity }: Consequence, failure: Failure): boolean {
  if (failure === 'data-loss') return kind === 'data' && severity === 'error';
  return kind === failure && severity !== 'info';
}
