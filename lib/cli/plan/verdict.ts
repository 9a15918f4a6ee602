import { CONSEQUENCE_KINDS, type Failure } from '../../plan/consequences/kinds';
import { isAtLeast } from '../../report/check/severities';
import type { PlanPart } from '../../report/plan/report';

/** The kinds of consequences that can fail a plan. */
export const FAILURES: readonly Failure[] = CONSEQUENCE_KINDS.map(({ failure }) => failure);

/** The kinds that fail a plan by default. */
export const DEFAULT_FAILURES: readonly Failure[] = CONSEQUENCE_KINDS.filter(
  (kind) => 'failsByDefault' in kind,
).map(({ failure }) => failure);

/** The kinds of `asked` that fail a plan. */
export function failuresOf(parts: readonly PlanPart[], asked: readonly Failure[]): Failure[] {
  const consequences = parts.flatMap(({ changes }) => changes.flatMap((change) => change.consequences));
  return asked.filter((failure) =>
    CONSEQUENCE_KINDS.some(
      (kind) =>
        kind.failure === failure &&
        consequences.some((each) => each.kind === kind.name && isAtLeast(each.severity, kind.failsFrom)),
    ),
  );
}
