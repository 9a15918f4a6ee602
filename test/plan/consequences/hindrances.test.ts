import { object } from '../changes';
import { sentences, workload } from './consequences';

/** What is said beyond the numbers when the image of a workload changes. */
function said(kind: string, spec: Record<string, unknown>, other: object, pod = {}): string[] {
  const [before, after] = ['nginx:1', 'nginx:2'].map((image) =>
    workload(kind, spec, image, { containers: [{ name: 'app', image, ...pod }] }),
  );
  const all = sentences('rollout', [before ?? {}, other], [after ?? {}, other]);
  return all.slice(1);
}

describe('a disruption budget', () => {
  const budget = (spec: object): object =>
    object('policy/v1', 'PodDisruptionBudget', {
      spec: { selector: { matchLabels: { app: 'a' } }, ...spec },
    });
  const four = { replicas: 4 };

  it('lets no pod be evicted while the rollout takes what it allows', () => {
    expect(said('Deployment', four, budget({ maxUnavailable: 1 }))).toEqual([
      'While Deployment shop/a is down to 3 of 4 pods, PodDisruptionBudget shop/a lets none of them be evicted, and a node that runs one cannot be drained; the rollout itself goes on.',
    ]);
  });

  it('does not hold up a rollout that goes below it', () => {
    expect(said('StatefulSet', { ...four, serviceName: 'a' }, budget({ minAvailable: '100%' }))).toEqual([
      'StatefulSet shop/a may go down to 3 of 4 pods, below the 4 that PodDisruptionBudget shop/a asks for: budgets hold up evictions, and no rollout.',
    ]);
  });

  it('has nothing to say where enough pods are left', () => {
    expect(said('Deployment', four, budget({ minAvailable: 2 }))).toEqual([]);
    expect(said('Deployment', { replicas: 2 }, budget({ minAvailable: 1 }))).toEqual([]);
  });
});

describe('a quota', () => {
  const quota = (hard: object): object => object('v1', 'ResourceQuota', { spec: { hard } });
  const pod = { resources: { requests: { cpu: '500m' } } };

  it('stands in the way of a rollout that has no room for a new pod', () => {
    expect(said('Deployment', { replicas: 2 }, quota({ 'requests.cpu': '1' }), pod)).toEqual([
      'The rollout of Deployment shop/a stands still: no new pod fits beside its 2 old pods, none of which may stop before. ResourceQuota shop/a allows requests.cpu 1, and each new pod takes 500m.',
    ]);
  });

  it('slows a rollout that may let old pods stop first', () => {
    expect(said('Deployment', { replicas: 4 }, quota({ pods: '4' }), pod)).toEqual([
      'The rollout of Deployment shop/a goes slower: 0 of 1 new pod fit beside the old ones. ResourceQuota shop/a allows pods 4, and each new pod takes 1.',
    ]);
  });

  it('says that not all pods can be made', () => {
    expect(said('Deployment', { replicas: 4 }, quota({ cpu: '1500m' }), pod)).toEqual([
      'Only 3 of 4 new pods of Deployment shop/a can be made: ResourceQuota shop/a allows cpu 1500m, and each new pod takes 500m.',
    ]);
  });

  it('has nothing to say where there is room', () => {
    expect(said('Deployment', { replicas: 2 }, quota({ 'requests.cpu': '1500m' }), pod)).toEqual([]);
  });
});
