import type { Finding } from '../../../check/finding';
import { Cluster } from '../../../graph/cluster';
import { ManifestSet } from '../../../manifest/set';
import type { Step } from '../rule';
import { rejected as rejectedRule } from './rejected';
import { having, object } from '../../../../test/plan/changes';
import { consequences, sentences, workload } from '../../../../test/plan/consequences/consequences';

const rejected = (before: readonly object[], after: readonly object[]) =>
  sentences('rejected', before, after).map((message) => message.replace(/: [a-z].*?\./, ': …'));

it('says that an object is not created, or stays unchanged', () => {
  const [good, bad] = [
    object('v1', 'ConfigMap', { data: { a: '1' } }),
    object('v1', 'ConfigMap', { data: { a: 1 } }),
  ];
  const [created] = sentences('rejected', [], [bad]);
  expect(created).toMatch(
    /^error: The API server rejects ConfigMap shop\/a, which is not created: data\.a: /,
  );
  const [changed] = sentences('rejected', [good], [bad]);
  expect(changed).toMatch(
    /^error: The API server rejects ConfigMap shop\/a, which stays unchanged: data\.a: /,
  );
  expect(rejected([good], [having(good, 'data.a', '2')])).toEqual([]);
});

it('gives the reason alone where it is about the whole object', () => {
  const id = { apiVersion: 'v1', kind: 'ConfigMap', name: 'a' };
  const reason: Finding = { rule: 'admission', severity: 'error', id, path: '', message: 'too long' };
  const step: Step = { change: { id, effect: 'rejected', fields: [], reasons: [reason] } };
  const empty = new Cluster(ManifestSet.of([]));
  const said: string[] = [];
  rejectedRule.run({ steps: [step], before: empty, after: empty }, (_, severity, message) =>
    said.push(`${severity}: ${typeof message === 'string' ? message : message.full}`),
  );
  expect(said).toEqual(['error: The API server rejects ConfigMap a, which is not created: too long.']);
});

it('counts more reasons than one', () => {
  const [before, after] = [
    workload('Deployment'),
    workload('Deployment', { replicas: -1, minReadySeconds: -1 }),
  ];
  const [found] = consequences('rejected', [before], [after]);
  expect(found?.brief).toMatch(/: spec\.replicas: .*, and 1 more\.$/);
  expect(found?.message).toMatch(/: spec\.replicas: .*; spec\.minReadySeconds: .*\.$/);
});
