import { describe, expect, test } from '@jest/globals';
import { SeaworthyError } from '../errors';
import { fitted, HOST, node, pod, running, where, workload } from '../../test/fit/objects';
import type { NodeSpec } from './node-spec';

/** The codes and messages with which nodes are refused. */
function refusal(nodes: readonly unknown[]): string[] {
  try {
    fitted([pod('x')], nodes as NodeSpec[]);
  } catch (error) {
    if (error instanceof SeaworthyError)
      return error.problems.map(({ code, path = '', message }) => `${code} ${path}: ${message}`);
    throw error;
  }
  return [];
}

describe('pods that no node takes', () => {
  test('one larger than any node preempts nobody, and says which resource is short', () => {
    const high = {
      apiVersion: 'scheduling.k8s.io/v1',
      kind: 'PriorityClass',
      metadata: { name: 'high' },
      value: 1000,
    };
    const huge = pod('huge', '64', { priorityClassName: 'high' });
    const result = fitted([high, huge], [node('a'), node('b')], { pods: [running('low', 'a')] });
    expect(where(result)).toEqual({ huge: '2 Insufficient cpu' });
    expect(result.nodes.map(({ pods }) => pods)).toEqual([1, 0]);
    expect(result.certain).toBe(true);
  });

  test('one that has to be on the node that it has to avoid waits', () => {
    const term = { topologyKey: HOST, labelSelector: { matchLabels: { app: 'a' } } };
    const both = {
      affinity: {
        podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] },
        podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] },
      },
    };
    const objects = [pod('one', '100m', both), pod('two', '100m', both)];
    expect(where(fitted(objects, [node('a'), node('b')]))).toEqual({
      one: 'a',
      two: "1 node(s) didn't match pod affinity rules, 1 node(s) didn't match pod anti-affinity rules",
    });
  });

  test('node affinity that asks for two names at once is one reason for all nodes', () => {
    const names = ['a', 'b'].map((name) => ({ key: 'metadata.name', operator: 'In', values: [name] }));
    const required = { nodeSelectorTerms: [{ matchFields: names }] };
    const nodeAffinity = { requiredDuringSchedulingIgnoredDuringExecution: required };
    expect(where(fitted([pod('x', '1', { affinity: { nodeAffinity } })], [node('a'), node('b')]))).toEqual({
      x: 'pod affinity terms conflict',
    });
  });

  test('of ten thousand replicas as many run as there is room for', () => {
    const many = workload('Deployment', 'api', { replicas: 10_000 }, '500m');
    const result = fitted([many], [node('a'), node('b')]);
    expect([result.placements.length, result.pending.length]).toEqual([10_000, 9992]);
    expect(new Set(result.pending.map(({ message }) => message))).toEqual(
      new Set(['0/2 nodes are available: 2 Insufficient cpu.']),
    );
  });
});

describe('nodes', () => {
  test('without any, each pod says so, and nothing else fails', () => {
    const result = fitted([pod('x'), workload('DaemonSet', 'logs', {})], [], {
      drain: 'all',
      headroom: true,
      changes: true,
    });
    expect(where(result)).toEqual({ x: 'no nodes available to schedule pods' });
    expect([result.drains, result.changes ?? []]).toEqual([[], []]);
  });

  test('with one name twice, without a name, or that offer nothing, are all named at once', () => {
    expect(refusal([node('a'), node('a'), { allocatable: { cpu: '1' } }, { name: 'c' }])).toEqual([
      'DUPLICATE_NAME name: node "a" is nodes[0] already',
      'INVALID_NODE name: the node has no name',
      'INVALID_NODE allocatable: nothing says what the node offers to pods',
    ]);
  });

  test('with quantities that are none are refused', () => {
    const found = refusal([node('a', { allocatable: { cpu: 'four', memory: '1Gb' } })]);
    expect(found).toHaveLength(2);
    for (const each of found) expect(each).toMatch(/^INVALID_QUANTITY allocatable\[(cpu|memory)\]: /);
    expect(refusal(['a'])[0]).toMatch(/^NOT_AN_OBJECT : expected a node/);
  });
});
