import { SEVERITIES, type Severity } from '../../check/finding';
import type { Change, Consequence, ConsequenceKind } from '../../plan/change';
import { merge, type Merged } from './merge';
import type { PlanPart } from './report';

/** What each kind of consequence is called, worst first. */
export const TITLES: Readonly<Record<ConsequenceKind, string>> = {
  data: 'Data',
  rejected: 'Rejected',
  downtime: 'Downtime',
  traffic: 'Traffic',
  access: 'Access',
  identity: 'Identity',
  scaling: 'Scaling',
  configuration: 'Configuration',
  rollout: 'Rollout',
};

const KINDS = Object.keys(TITLES) as ConsequenceKind[];

/** One consequence of one change. */
export interface Following {
  readonly consequence: Consequence;
  readonly change: Change;
}

/** The consequences of one kind, worst first. */
export interface Group {
  readonly kind: ConsequenceKind;
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
  const groups = KINDS.flatMap((kind): Group[] => {
    const found = merged.filter(({ value }) => value.consequence.kind === kind);
    const [first, ...rest] = found.sort((a, b) => rank(a) - rank(b));
    return first === undefined
      ? []
      : [{ kind, worst: first.value.consequence.severity, found: [first, ...rest] }];
  });
  return groups.sort((a, b) => SEVERITIES.indexOf(a.worst) - SEVERITIES.indexOf(b.worst));
}
