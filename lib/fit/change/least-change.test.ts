import { fitted, HOST, node, pod, workload, ZONE } from '../../../test/fit/objects';
import type { NodeSpec } from '../node-spec';
import type { Fit } from '../result';

const TWO = [node('a'), node('b')];

function ways(objects: readonly object[], nodes: readonly NodeSpec[]): Record<string, string[]> {
  const all: Record<string, string[]> = {};
  for (const {
    workload: { name },
    changes,
  } of changesOf(fitted(objects, nodes, { changes: true })))
    (all[name] ??= []).push(changes.map(({ text }) => text).join(' and '));
  return all;
}

function changesOf({ changes = [] }: Fit): NonNullable<Fit['changes']> {
  return changes;
}

const labelSelector = { matchLabels: { app: 'api' } };
const api = (replicas: number, cpu: string, more: object = {}): object =>
  workload('Deployment', 'api', { replicas }, cpu, more);

describe('the least change that places pending pods', () => {
  it('is the exact amount of CPU that all pods of the workload have to spare', () => {
    expect(ways([api(3, '1200m')], TWO)).toEqual({ api: ['request 200m less cpu (1)'] });
    expect(ways([pod('first', '1500m'), api(3, '1')], TWO)).toEqual({
      api: ['request 334m less cpu (666m)'],
    });
  });

  it('is memory and CPU together where both are short', () => {
    const requests = { cpu: '3', memory: '5Gi' };
    const both = api(1, '1', { containers: [{ name: 'main', image: 'a:1', resources: { requests } }] });
    expect(ways([both], TWO)).toEqual({ api: ['request 1 less cpu (2) and 1Gi less memory (4Gi)'] });
  });

  it('is memory as well where it would be short for the pods that come then', () => {
    const requests = { cpu: '1', memory: '2Gi' };
    const containers = [{ name: 'main', image: 'a:1', resources: { requests } }];
    expect(ways([api(8, '1', { containers })], TWO)).toEqual({
      api: ['request 500m less cpu (500m) and 1Gi less memory (1Gi)'],
    });
  });

  it('is a toleration of the taints of a node', () => {
    const taints = [{ key: 'dedicated', value: 'gpu', effect: 'NoSchedule' }];
    expect(ways([api(3, '1')], [node('a'), node('b', { taints })])).toEqual({
      api: ['request 334m less cpu (666m)', 'tolerate dedicated=gpu:NoSchedule'],
    });
  });

  it('is a label of the selector that no node has, and less CPU, where one is not enough', () => {
    const nodeSelector = { disk: 'ssd', [HOST]: 'a' };
    expect(ways([api(1, '1', { nodeSelector: { disk: 'ssd' } })], TWO)).toEqual({
      api: ['drop nodeSelector disk: ssd'],
    });
    expect(ways([api(1, '3', { nodeSelector })], TWO)).toEqual({
      api: ['drop nodeSelector disk: ssd and request 1 less cpu (2)'],
    });
  });

  it('is a host port', () => {
    const ports = [{ containerPort: 80, hostPort: 80 }];
    const containers = [{ name: 'main', image: 'a:1', ports }];
    expect(ways([api(3, '1', { containers })], TWO)).toEqual({ api: ['drop host port 80/TCP'] });
  });

  it('is a larger skew, or anti-affinity that is a preference', () => {
    const spread = (topologyKey: string): object => ({
      topologySpreadConstraints: [
        { maxSkew: 1, topologyKey, whenUnsatisfiable: 'DoNotSchedule', labelSelector },
      ],
    });
    const zones = [
      node('a', { zone: 'a', allocatable: { cpu: '4' } }),
      node('b', { zone: 'b', allocatable: { cpu: '1' } }),
    ];
    expect(ways([api(4, '1', spread(ZONE))], zones)).toEqual({
      api: ['spread by topology.kubernetes.io/zone with maxSkew 2'],
    });
    const apart = {
      affinity: {
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: HOST, labelSelector }],
        },
      },
    };
    expect(ways([api(3, '100m', apart)], TWO)).toEqual({
      api: ['prefer to be away from the pods of its term by kubernetes.io/hostname, instead of requiring it'],
    });
  });

  it('is none that takes the place of other pods', () => {
    const priority = {
      apiVersion: 'scheduling.k8s.io/v1',
      kind: 'PriorityClass',
      metadata: { name: 'high' },
      value: 9,
    };
    const nodeSelector = { disk: 'ssd' };
    const high = workload('Deployment', 'high', { replicas: 1 }, '2', {
      priorityClassName: 'high',
      nodeSelector,
    });
    expect(ways([priority, api(2, '2'), high], TWO)).toEqual({});
  });

  it('is told only if it is asked for, and leaves the answer as it was', () => {
    const objects = [api(5, '1200m')];
    const { changes: _, ...asked } = fitted(objects, TWO, { changes: true });
    const plain = fitted(objects, TWO);
    expect(plain).toEqual(asked);
    expect(plain.changes).toBeUndefined();
    expect(fitted([api(1, '1')], TWO, { changes: true }).changes).toBeUndefined();
  });

  it('is looked for within bounds when ten thousand replicas wait', () => {
    const started = process.cpuUsage();
    const fit = fitted([api(10_000, '1')], TWO, { changes: true });
    expect(fit.pending).toHaveLength(9996);
    expect(fit.changes).toEqual([]);
    expect(process.cpuUsage(started).user).toBeLessThan(20e6);
  });
});
