import { ManifestSet } from '../../../lib/manifest/set';
import type { Consequence } from '../../../lib/plan/change';
import type { ConsequenceKind } from '../../../lib/plan/consequences/kinds';
import { plan } from '../../../lib/plan/plan';
import { object } from '../changes';

type Plain = Record<string, unknown>;

/** What follows from a change, of one kind, over all objects. */
export function consequences(
  kind: ConsequenceKind,
  before: readonly object[],
  after: readonly object[],
): Consequence[] {
  const { changes } = plan(ManifestSet.of(before), ManifestSet.of(after));
  return changes.flatMap((change) => change.consequences).filter((each) => each.kind === kind);
}

/** The same as `severity: message`. */
export function sentences(
  kind: ConsequenceKind,
  before: readonly object[],
  after: readonly object[],
): string[] {
  return consequences(kind, before, after).map(({ severity, message }) => `${severity}: ${message}`);
}

/** A workload named `a` in the namespace `shop`, whose pods have the label `app: a` and run `image`. */
export function workload(
  kind: string,
  spec: Plain = {},
  image = 'nginx:1',
  pod: Plain = {},
): ReturnType<typeof object> {
  const template = {
    metadata: { labels: { app: 'a' } },
    spec: { containers: [{ name: 'app', image }], ...pod },
  };
  return object('apps/v1', kind, { spec: { selector: { matchLabels: { app: 'a' } }, template, ...spec } });
}
