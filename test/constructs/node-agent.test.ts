import type { NodeAgentProps } from '../../lib';
import { NodeAgent } from '../../lib';
import { at, faults, rendered } from './rendering';

function agent(props: Partial<NodeAgentProps> = {}) {
  return rendered((chart) => new NodeAgent(chart, 'logs', { image: 'a/b:1', ...props }));
}

const spec = (props: Partial<NodeAgentProps>): unknown =>
  agent(props).get({ kind: 'DaemonSet' }).object['spec'];

it('is a DaemonSet and a ServiceAccount', () => {
  expect([...agent()].map(({ id }) => id.kind)).toEqual(['ServiceAccount', 'DaemonSet']);
  expect(at(spec({}), 'selector')).toEqual({
    matchLabels: { 'app.kubernetes.io/instance': 'shop-logs', 'app.kubernetes.io/name': 'shop-logs' },
  });
});

it('says how patient a rollout is, and what is kept of it', () => {
  expect(spec({ minReady: 10, revisionHistory: 2 })).toMatchObject({
    minReadySeconds: 10,
    revisionHistoryLimit: 2,
  });
});

it('replaces the pod of a node before or after the old one goes', () => {
  const rolling = (rollout: NodeAgentProps['rollout'] & object): unknown =>
    at(spec({ rollout }), 'updateStrategy');
  expect(spec({})).not.toHaveProperty('updateStrategy');
  expect(at(spec({ rollout: 'on-delete' }), 'updateStrategy')).toEqual({ type: 'OnDelete' });
  expect(rolling({ maxUnavailable: '10%' })).toEqual({
    type: 'RollingUpdate',
    rollingUpdate: { maxSurge: 0, maxUnavailable: '10%' },
  });
  // The API server fills in one for maxUnavailable, and then refuses the two together.
  expect(rolling({ maxSurge: 1 })).toEqual({
    type: 'RollingUpdate',
    rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
  });
});

it('runs where other pods are kept away', () => {
  expect(at(spec({ tolerations: [{}], hostNetwork: true }), 'template.spec')).toMatchObject({
    tolerations: [{ operator: 'Exists' }],
    hostNetwork: true,
    dnsPolicy: 'ClusterFirstWithHostNet',
  });
});

it.each<[object, string]>([
  [{ rollout: { maxSurge: 1, maxUnavailable: 1 } }, 'INVALID_PROP rollout'],
  [{ rollout: { maxSurge: 0, maxUnavailable: 0 } }, 'INVALID_PROP rollout'],
  [{ rollout: { maxSurge: '150%' } }, 'INVALID_PROP rollout.maxSurge'],
  [{ replicas: 2 }, 'UNKNOWN_PROP replicas'],
  [{ minReady: -1 }, 'INVALID_PROP minReady'],
])('tells of %j', (props, fault) => {
  expect(faults((chart) => new NodeAgent(chart, 'logs', { image: 'a/b:1', ...props }))).toEqual([fault]);
});
