import type { Finding } from '../../../lib/check/finding';
import type { ObjectId } from '../../../lib/manifest/manifest';
import type { Change } from '../../../lib/plan/change';
import type { CheckReport, Part } from '../../../lib/report/check/report';
import type { PlanReport } from '../../../lib/report/plan/report';

/** Gives a text to each place of a report where one of somebody else can stand. */
export type Say = () => string;

function idOf(say: Say): ObjectId {
  return { apiVersion: say(), kind: say(), namespace: say(), name: say() };
}

function finding(say: Say, severity: Finding['severity'], id = idOf(say), rule = say()): Finding {
  const origin = { source: `${say()}.ts:3`, construct: say() };
  return { rule, severity, id, path: say(), message: say(), hint: say(), origin };
}

/** A report of `check` with every kind of text that it can hold. */
export function checkReport(say: Say): CheckReport {
  const rule = say();
  const part = (): Part => {
    const [id, other] = [idOf(say), idOf(say)];
    const { apiVersion, kind, name } = id;
    const object = { apiVersion, kind, metadata: { name } };
    return {
      app: say(),
      environment: say(),
      manifests: [id, other].map((each) => ({ id: each, object, origin: { source: `${say()}.ts:1` } })),
      findings: [
        finding(say, 'error', id, rule),
        finding(say, 'warning', id, rule),
        { ...finding(say, 'info', id, rule), path: '' },
      ],
    };
  };
  const example = { failing: say(), passing: say() };
  return {
    version: '1.2.3',
    parts: [part(), part()],
    rules: [{ name: rule, severity: 'error', about: say(), why: say(), example }],
    failOn: 'warning',
    fallback: say(),
  };
}

function change(say: Say): Change {
  return {
    id: idOf(say),
    effect: 'rejected',
    fields: [
      { path: say(), before: say(), after: say() },
      { path: say(), after: { [say()]: [say()] } },
    ],
    origin: { source: `${say()}.ts:3`, construct: say() },
    byStructure: true,
    reasons: [finding(say, 'error'), finding(say, 'error')],
    consequences: [
      { kind: 'downtime', severity: 'error', message: say() },
      { kind: 'rollout', severity: 'info', message: say() },
    ],
  };
}

/** A report of `plan` with every kind of text that it can hold. */
export function planReport(say: Say, mode: PlanReport['mode'] = 'change'): PlanReport {
  const [before, after] = [{ name: say() }, { name: say() }];
  const parts = [1, 2].map(() => ({
    place: say(),
    changes: [change(say), { ...change(say), effect: 'created' as const }],
  }));
  return {
    version: '1.2.3',
    before,
    after,
    parts,
    mode,
    apply: 'server-side',
    refused: ['downtime'],
    full: true,
  };
}
