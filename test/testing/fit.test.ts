import '../../lib/testing/jest';
import { budget, node, workload } from '../fit/objects';
import { messageOf } from './apps';

describe('toFit', () => {
  const nodes = [node('a'), node('b')];
  const api = (cpu: string) => [workload('Deployment', 'api', { replicas: 2 }, cpu)];

  test('names each pod that finds no node, and why', () => {
    expect(api('1')).toFit(nodes);
    expect(messageOf(() => expect(api('3')).toFit(nodes))).toContain(
      'not everything fits:\n  Pod default/api-0 stays pending: 0/2 nodes are available: 2 Insufficient cpu.',
    );
    expect(messageOf(() => expect(api('1')).not.toFit(nodes))).toContain('every pod finds a node');
  });

  test('asks what its options ask', () => {
    expect(api('2')).toFit(nodes);
    expect(messageOf(() => expect(api('2')).toFit(nodes, { without: ['a'] }))).toContain('0/1 nodes');
    expect(messageOf(() => expect(api('2')).toFit(nodes, { during: 'rollout' }))).toContain(
      'the rollout of Deployment default/api gets stuck: 0/2 nodes',
    );
    const strict = [...api('500m'), budget('api', { minAvailable: 2 })];
    expect(messageOf(() => expect(strict).toFit(nodes, { drain: 'all' }))).toContain(
      'Pod default/api-0 keeps a from being drained: The disruption budget api needs 2',
    );
  });
});
