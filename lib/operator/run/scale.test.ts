import { scaleOf } from './scale';

const deployment = (name: string) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name },
  spec: { selector: { matchLabels: { app: name, tier: 'web' } } },
  status: { replicas: 3 },
});
const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } };

it('tells of the one workload of a resource how many pods there are, and what selects them', () => {
  expect(scaleOf([map, deployment('web')])).toEqual({ replicas: 3, selector: 'app=web,tier=web' });
});

it('tells nothing where there is none, or several', () => {
  expect(scaleOf([map])).toEqual({});
  expect(scaleOf([deployment('a'), deployment('b')])).toEqual({});
});

it('has no pods while a workload says nothing of itself', () => {
  expect(scaleOf([{ ...deployment('web'), status: {} }])).toMatchObject({ replicas: 0 });
});
