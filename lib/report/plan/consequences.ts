import { SEVERITIES, type Severity } from '../../check/finding';
import type { Change, Consequence } from '../../plan/change';
import { CONSEQUENCE_KINDS } from '../../plan/consequences/kinds';
import { merge, type Merged } from './merge';
import type { PlanPart } from './report';

/** One consequence of one change. */
export interface Following {
  readonly consequence: Consequence;
  readonly change: Change;
}

/** The consequences of one kind, worst first. */
export interface Group {
  readonly title: string;
  readonly worst: Severity;
  readonly found: readonly Merged<Following>[];
}

/** All consequences by their kind, the worst kind first; those alike in several places as one. */
export function consequenceGroups(parts: readonly PlanPart[]): Group[] {
  const merged = merge(
    parts,
    ({ changes }) =>
      changes.flatMap((change) => change.consequences.map((consequence) => ({ consequence, change }))),
    ({ consequence, change }) => [consequence, change.id, change.origin?.source],
  );
  const rank = ({ value }: Merged<Following>): number => SEVERITIES.indexOf(value.consequence.severity);
  const groups = CONSEQUENCE_KINDS.flatMap(({ name, title }): Group[] => {
    const found = merged.filter(({ value }) => value.consequence.kind === name);
    const [first, ...rest] = found.sort((a, b) => rank(a) - rank(b));
    return first === undefined
      ? []
      : [{ title, worst: first.value.consequence.severity, found: [first, ...rest] }];
  });
  return groups.sort((a, b) => SEVERITIES.indexOf(a.worst) - SEVERITIES.indexOf(b.worst));
}
