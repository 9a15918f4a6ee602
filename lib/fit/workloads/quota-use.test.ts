import { expect, test } from '@jest/globals';
import { fitted, node, running, where, workload } from '../../../test/fit/objects';

const REPLICA_SET = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'api-5d4f8' };

function quota(hard: object, more: object = {}): object {
  return {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'team', namespace: 'default' },
    spec: { hard, ...more },
  };
}

test('a pod beyond a quota is never made, and takes no room from the next workload', () => {
  const objects = [
    quota({ 'requests.cpu': '2500m', pods: 9 }),
    workload('Deployment', 'api', { replicas: 3 }),
    workload('Deployment', 'web', {}, '500m'),
  ];
  const result = fitted(objects, [node('a'), node('b')]);
  expect(where(result)).toEqual({
    'api-0': 'a',
    'api-1': 'b',
    'api-2':
      'not created: exceeded quota: team, requested: requests.cpu=1, used: requests.cpu=2, limited: requests.cpu=2500m',
    'web-0': 'a',
  });
  expect(result.pending.map(({ refusedBy }) => refusedBy?.name)).toEqual(['team']);
});

test('pods that run already count, those of a Deployment that stay as well', () => {
  const pods = [running('other', 'a'), running('api-5d4f8-x', 'b', { app: 'api', owner: REPLICA_SET })];
  const objects = [quota({ pods: 2 }), workload('Deployment', 'api', { replicas: 2 })];
  expect(where(fitted(objects, [node('a'), node('b')], { pods }))).toEqual({
    'api-0': 'b',
    'api-1': 'not created: exceeded quota: team, requested: pods=1, used: pods=2, limited: pods=2',
  });
});

test('a quota of limits refuses pods that say none, and one of other pods refuses nothing', () => {
  const objects = [quota({ 'limits.memory': '1Gi' }), workload('Deployment', 'api', {})];
  expect(where(fitted(objects, [node('a')]))).toEqual({
    'api-0': 'not created: failed quota: team: must specify limits.memory for: main',
  });
  const others = quota({ pods: 0 }, { scopes: ['BestEffort'] });
  expect(where(fitted([others, workload('Deployment', 'api', {})], [node('a')]))).toEqual({ 'api-0': 'a' });
});

test('a StatefulSet stops at the pod that a quota refuses', () => {
  const objects = [quota({ 'count/pods': 1 }), workload('StatefulSet', 'db', { replicas: 3 })];
  expect(Object.values(where(fitted(objects, [node('a')])))).toEqual([
    'a',
    expect.stringContaining('exceeded quota: team'),
    'not created: it waits for Pod default/db-1',
  ]);
});

test('a quota bounds the headroom', () => {
  const objects = [quota({ pods: 3 }), workload('Deployment', 'api', {}, '100m')];
  const result = fitted(objects, [node('a')], { headroom: true });
  expect(result.headroom?.map(({ more }) => more)).toEqual([2]);
});
