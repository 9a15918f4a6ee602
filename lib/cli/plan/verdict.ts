import { CONSEQUENCE_KINDS, type Failure } from '../../plan/consequences/kinds';
import { isAtLeast } from '../../report/check/severities';
import type { PlanPart } from '../../report/plan/report';

/** What a plan can fail for. */
export const FAILURES: readonly Failure[] = CONSEQUENCE_KINDS.map(({ failure }) => failure);

/** What a plan fails for unless somebody says otherwise. */
export const DEFAULT_FAILURES: readonly Failure[] = CONSEQUENCE_KINDS.filter(
  (kind) => 'failsByDefault' in kind,
).map(({ failure }) => failure);

/** Those of `asked` that a plan fails for. */
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
