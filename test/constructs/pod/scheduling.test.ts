import type { WorkerProps } from '../../../lib';
import { NodeAgent } from '../../../lib';
import { at, faultsOf, only, podOf } from '../rendering';

const SELECTOR = { 'app.kubernetes.io/name': 'shop-app', 'app.kubernetes.io/instance': 'shop-app' };

function constraints(props: Partial<WorkerProps>): unknown {
  const found = at(podOf(props), 'topologySpreadConstraints');
  return (found as { topologyKey: string; whenUnsatisfiable: string }[] | undefined)?.map(
    ({ topologyKey, whenUnsatisfiable }) => `${topologyKey} ${whenUnsatisfiable}`,
  );
}

const ZONES = 'topology.kubernetes.io/zone';
const HOSTS = 'kubernetes.io/hostname';

describe('spread', () => {
  it('is soft over zones and nodes as soon as there is something to spread', () => {
    const soft = [`${ZONES} ScheduleAnyway`, `${HOSTS} ScheduleAnyway`];
    expect(constraints({})).toBeUndefined();
    expect(constraints({ replicas: 1 })).toBeUndefined();
    expect(constraints({ replicas: 2 })).toEqual(soft);
    const resources = { cpu: '1' };
    expect(constraints({ replicas: { max: 5, cpu: '70%' }, resources })).toEqual(soft);
  });

  it('counts the pods of the workload', () => {
    expect(at(podOf({ replicas: 2 }), 'topologySpreadConstraints.0')).toEqual({
      maxSkew: 1,
      topologyKey: ZONES,
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: { matchLabels: SELECTOR },
    });
  });

  it('is as hard as it is told, or none', () => {
    expect(constraints({ replicas: 2, spread: { zones: 'hard' } })).toEqual([
      `${ZONES} DoNotSchedule`,
      `${HOSTS} ScheduleAnyway`,
    ]);
    expect(constraints({ replicas: 2, spread: { hosts: false } })).toEqual([`${ZONES} ScheduleAnyway`]);
    expect(constraints({ spread: { hosts: 'hard' } })).toEqual([`${HOSTS} DoNotSchedule`]);
    expect(constraints({ replicas: 2, spread: false })).toBeUndefined();
  });

  it('is taken as the API has it', () => {
    const spread = [{ maxSkew: 3, topologyKey: 'rack', whenUnsatisfiable: 'DoNotSchedule' }];
    expect(at(podOf({ replicas: 2, spread }), 'topologySpreadConstraints')).toEqual(spread);
  });

  it('is none for an agent, of which each node has one', () => {
    const agent = only('DaemonSet', (chart) => new NodeAgent(chart, 'app', { image: 'a/b:1' }));
    expect(at(agent, 'spec.template.spec')).not.toHaveProperty('topologySpreadConstraints');
  });
});

describe('nodes', () => {
  it('are chosen by labels, affinity and taints', () => {
    const pod = podOf({
      nodeSelector: { disk: 'ssd' },
      affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] } },
      tolerations: [
        { key: 'a', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 60 },
        { key: 'b', value: 'c' },
        {},
      ],
    });
    expect(pod).toMatchObject({
      nodeSelector: { disk: 'ssd' },
      affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] } },
      tolerations: [
        { key: 'a', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 60 },
        { key: 'b', value: 'c' },
        { operator: 'Exists' },
      ],
    });
  });

  const profile = {
    nodePools: [
      {
        name: 'gpu',
        labels: { pool: 'gpu' },
        taints: [
          { key: 'gpu', value: 'yes', effect: 'NoSchedule' },
          { key: 'dear', effect: 'NoExecute' },
        ],
      },
      { name: 'plain' },
    ],
  } as const;

  it('are those of a pool of the profile, with its labels and taints', () => {
    const pod = podOf(
      { nodePool: 'gpu', nodeSelector: { zone: 'a' }, tolerations: [{ key: 'mine' }] },
      { profile },
    );
    expect(pod).toMatchObject({
      nodeSelector: { pool: 'gpu', zone: 'a' },
      tolerations: [
        { key: 'gpu', operator: 'Equal', value: 'yes', effect: 'NoSchedule' },
        { key: 'dear', operator: 'Exists', effect: 'NoExecute' },
        { key: 'mine' },
      ],
    });
    expect(podOf({ nodePool: 'plain' }, { profile })).not.toHaveProperty('nodeSelector');
    expect(podOf({ nodePool: 'plain' }, { profile: { ...profile, provider: 'gke' } })).toMatchObject({
      nodeSelector: { 'cloud.google.com/gke-nodepool': 'plain' },
    });
  });

  it('are told where the profile has no such pool', () => {
    expect(faultsOf({ nodePool: 'cpu' }, { profile })).toEqual(['INVALID_PROP nodePool']);
    expect(faultsOf({ nodePool: 'gpu' })).toEqual(['INVALID_PROP nodePool']);
  });
});

it('names classes and the scheduler', () => {
  expect(podOf({ priorityClass: 'high', runtimeClass: 'gvisor', scheduler: 'mine' })).toMatchObject({
    priorityClassName: 'high',
    runtimeClassName: 'gvisor',
    schedulerName: 'mine',
  });
});

it.each<[object, string]>([
  [{ nodeSelector: { 'bad key': 'x' } }, 'INVALID_LABEL nodeSelector.bad key'],
  [{ spread: { zone: 'hard' } }, 'UNKNOWN_PROP spread.zone'],
  [{ spread: { zones: 'strict' } }, 'INVALID_PROP spread.zones'],
  [{ tolerations: [{ kee: 'a' }] }, 'UNKNOWN_PROP tolerations[0].kee'],
  [{ tolerations: [{ key: 'a b' }] }, 'INVALID_LABEL tolerations[0].key'],
  [{ tolerations: [{ key: 'a', value: 'b c' }] }, 'INVALID_LABEL tolerations[0].value'],
  [{ tolerations: [{ key: 'a', effect: 'Never' }] }, 'INVALID_PROP tolerations[0].effect'],
  [{ tolerations: [{ value: 'b' }] }, 'INVALID_PROP tolerations[0].value'],
  [{ tolerations: [{ operator: 'Equal' }] }, 'INVALID_PROP tolerations[0].operator'],
  [{ tolerations: [{ key: 'a', tolerationSeconds: 5 }] }, 'INVALID_PROP tolerations[0].tolerationSeconds'],
  [{ priorityClass: 'Very High' }, 'INVALID_NAME priorityClass'],
  [{ runtimeClass: 'g_visor' }, 'INVALID_NAME runtimeClass'],
])('tells of %j', (props, fault) => {
  expect(faultsOf(props)).toEqual([fault]);
});
