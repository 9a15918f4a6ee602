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
      'info: While Deployment shop/a is down to 3 of 4 pods, PodDisruptionBudget shop/a allows no evictions, and a node with one of them cannot be drained. The rollout itself continues.',
    ]);
  });

  it('does not hold up a rollout that goes below it', () => {
    expect(said('StatefulSet', { ...four, serviceName: 'a' }, budget({ minAvailable: '100%' }))).toEqual([
      'warning: StatefulSet shop/a may drop to 3 of 4 pods, below the 4 that PodDisruptionBudget shop/a requires: budgets limit evictions, not rollouts.',
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
      'warning: The rollout of Deployment shop/a is stuck: no new pod fits next to its 2 old pods, and none of them may stop first. ResourceQuota shop/a allows requests.cpu 1, and each new pod takes 500m.',
    ]);
  });

  it('slows a rollout that may let old pods stop first', () => {
    expect(said('Deployment', { replicas: 4 }, quota({ pods: '4' }), pod)).toEqual([
      'info: The rollout of Deployment shop/a is slower: 0 of 1 new pod fit next to the old ones. ResourceQuota shop/a allows pods 4, and each new pod takes 1.',
    ]);
  });

  it('says that not all pods can be made', () => {
    expect(said('Deployment', { replicas: 4 }, quota({ cpu: '1500m' }), pod)).toEqual([
      'warning: Only 3 of 4 new pods of Deployment shop/a can be created: ResourceQuota shop/a allows cpu 1500m, and each new pod takes 500m.',
    ]);
  });

  it('has nothing to say where there is room', () => {
    expect(said('Deployment', { replicas: 2 }, quota({ 'requests.cpu': '1500m' }), pod)).toEqual([]);
  });
});
