import type { Severity } from '../../check/finding';
import type { Change } from '../../plan/change';
import type { ConsequenceKind } from '../../plan/consequences/kinds';
import { DEFAULT_FAILURES, FAILURES, failuresOf } from './verdict';

function failed(kind: ConsequenceKind, severity: Severity, asked = FAILURES): string[] {
  const change: Change = {
    id: { apiVersion: 'v1', kind: 'ConfigMap', name: 'a' },
    effect: 'updated',
    fields: [],
    consequences: [{ kind, severity, message: 'It changes.' }],
  };
  return failuresOf([{ place: '', changes: [change] }], asked);
}

it('knows what a plan can fail for, worst first', () => {
  expect(FAILURES).toEqual([
    'data-loss',
    'rejected',
    'dropped',
    'downtime',
    'traffic',
    'access',
    'identity',
    'scaling',
    'configuration',
    'rollout',
  ]);
  expect(DEFAULT_FAILURES).toEqual(['data-loss', 'rejected']);
});

it('fails for data that is lost, and not for data that is left behind', () => {
  expect(failed('data', 'error')).toEqual(['data-loss']);
  expect(failed('data', 'warning')).toEqual([]);
});

it('fails for warnings of every other kind, and never for what goes as it should', () => {
  expect(failed('traffic', 'warning')).toEqual(['traffic']);
  expect(failed('rejected', 'error')).toEqual(['rejected']);
  expect(failed('traffic', 'info')).toEqual([]);
});

it('fails for nothing but what is asked', () => {
  expect(failed('traffic', 'error', ['downtime'])).toEqual([]);
  expect(failed('traffic', 'error', ['downtime', 'traffic'])).toEqual(['traffic']);
});
