import { faultsOf, only, worker } from '../../../test/constructs/rendering';
import { Job, NodeAgent, StatefulService } from '../../index';

const REVISIONS = { minReady: 10, revisionHistory: 0 };
const FIELDS = { minReadySeconds: 10, revisionHistoryLimit: 0 };

it('is taken by Deployments, StatefulSets and DaemonSets alike', () => {
  const props = { image: 'a/b:1', ...REVISIONS };
  expect(only('Deployment', worker(REVISIONS))['spec']).toMatchObject(FIELDS);
  expect(
    only('StatefulSet', (chart) => new StatefulService(chart, 'db', { ...props, port: 5432 }))['spec'],
  ).toMatchObject(FIELDS);
  expect(only('DaemonSet', (chart) => new NodeAgent(chart, 'agent', props))['spec']).toMatchObject(FIELDS);
});

it('is left to the API server where it is not set', () => {
  expect(Object.keys(only('Deployment', worker({}))['spec'] as object).sort()).toEqual([
    'selector',
    'strategy',
    'template',
  ]);
});

it.each<[object, string]>([
  [{ minReady: -1 }, 'INVALID_PROP minReady'],
  [{ revisionHistory: 1.5 }, 'INVALID_PROP revisionHistory'],
])('reports %j', (props, fault) => {
  expect(faultsOf(props)).toEqual([fault]);
});

it('is unknown to a Job, which has no revisions', () => {
  const job = (): unknown => only('Job', (chart) => new Job(chart, 'job', { image: 'a/b:1', ...REVISIONS }));
  expect(job).toThrow(/unknown prop "minReady"/);
});
