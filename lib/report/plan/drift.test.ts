import { createColors } from 'picocolors';
import type { Change } from '../../plan/change';
import { PLAN_FORMATS } from './formats';
import type { PlanReport } from './report';

const id = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' };
const change = (more: Partial<Change>): Change => ({
  id,
  effect: 'updated',
  fields: [],
  consequences: [],
  ...more,
});
const scaled = {
  path: 'spec.replicas',
  expected: 3,
  live: 5,
  manager: 'kubectl (scale)',
  since: '2026-01-02T00:00:00Z',
  then: 'conflict',
} as const;

function printed(changes: readonly Change[], format: string): string {
  const report: PlanReport = {
    version: '0',
    before: { name: 'kind-dev' },
    after: { name: 'the app' },
    parts: [{ place: '', changes }],
    mode: 'change',
    apply: 'server-side',
    refused: [],
    full: false,
    live: { cluster: 'kind-dev', manager: 'seaworthy', removed: 'unknown', unread: [] },
  };
  const found = PLAN_FORMATS.find(({ name }) => name === format);
  return found?.print(report, createColors(false)) ?? '';
}

const drifted = change({
  fields: [
    { path: 'spec.replicas', before: 5, after: 3 },
    { path: 'spec.paused', after: true },
  ],
  drift: [scaled],
});

it('tells drift from our change', () => {
  expect(printed([drifted], 'text').split('\n')).toEqual([
    'kind-dev → the app, server-side apply as seaworthy',
    '',
    'Drift: what somebody else changed in the cluster',
    '  Deployment shop/web',
    '    spec.replicas: 3 → 5, by kubectl (scale) on 2026-01-02T00:00:00Z: conflict, unless it is taken over',
    '',
    'Objects: updated',
    '  Deployment shop/web',
    '    spec.paused: (none) → true',
    '',
    '1 updated',
    '',
  ]);
  expect(printed([drifted], 'markdown')).toContain('by kubectl');
});

it('lists an object with nothing but drift once, and says that something differs', () => {
  const only = change({ ...drifted, fields: drifted.fields.slice(0, 1) });
  expect(printed([only], 'text')).not.toContain('Objects: updated');
  const stays = change({ effect: 'none', drift: [{ path: 'spec.paused', live: true, then: 'stays' }] });
  const lines = printed([only, stays], 'text').split('\n');
  expect(lines).toContain('    spec.paused: (none) → true, by an unknown manager: stays');
  expect(lines.at(-2)).toBe('2 drifted');
});

it('tells a conflict with a controller, which is no drift', () => {
  const held = [{ path: 'spec.replicas', manager: 'kube-controller-manager (scale)' }];
  expect(printed([change({ fields: drifted.fields, conflicts: held })], 'text')).toContain(
    '    spec.replicas is held by kube-controller-manager (scale): conflict, unless it is taken over',
  );
});

it('keeps all fields for programs, and adds what drifted', () => {
  const { live, changes } = JSON.parse(printed([drifted], 'json')) as {
    live: object;
    changes: { fields: unknown[]; drift: unknown[] }[];
  };
  expect(live).toMatchObject({ manager: 'seaworthy', removed: 'unknown' });
  expect(changes[0]?.fields).toHaveLength(2);
  expect(changes[0]?.drift).toEqual([scaled]);
});
