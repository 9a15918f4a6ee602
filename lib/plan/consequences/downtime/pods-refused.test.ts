import { having } from '../../../../test/plan/changes';
import { sentences, workload } from '../../../../test/plan/consequences/consequences';
import { ManifestSet } from '../../../manifest/set';
import { plan } from '../../plan';

const space = (level?: string) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: {
    name: 'shop',
    ...(level !== undefined && { labels: { 'pod-security.kubernetes.io/enforce': level } }),
  },
});
const safe = {
  hostUsers: false,
  securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
  containers: [
    {
      name: 'app',
      image: 'nginx:2',
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
    },
  ],
};
const host = { hostNetwork: true };

/** The sentences about downtime without what the violation is, from a namespace without a level to one with `level`. */
const downtime = (before: readonly object[], after: readonly object[], level = 'restricted'): string[] =>
  sentences('downtime', [space(), ...before], [space(level), ...after]).map((each) =>
    each.replace(/ FailedCreate: .*/, ''),
  );

it('says of a rollout that its new pods are rejected, with the level and the field, and not how it goes on', () => {
  const change = [
    [space(), workload('Deployment', { replicas: 3 })],
    [space('baseline'), workload('Deployment', { replicas: 3 }, 'nginx:2', host)],
  ] as const;
  expect(sentences('downtime', ...change)).toEqual([
    'error: The rollout of Deployment shop/a is stuck, with 3 of 3 old pods serving: new pods cannot be created. FailedCreate: they violate PodSecurity "baseline:latest", which Namespace shop enforces: spec.template.spec.hostNetwork: shares a namespace of the node (hostNetwork: true).',
  ]);
  expect(sentences('rollout', ...change)).toEqual([]);
});

it('says what is left where old pods stop first', () => {
  const rolled = (kind: string, spec: Record<string, unknown>): string[] =>
    downtime([workload(kind, spec)], [workload(kind, spec, 'nginx:2')]).filter((each) =>
      each.startsWith('error'),
    );
  expect(rolled('Deployment', { strategy: { type: 'Recreate' } })).toEqual([
    'error: Deployment shop/a stops its pods, and nothing serves: new pods cannot be created.',
  ]);
  expect(rolled('StatefulSet', { replicas: 3 })).toEqual([
    'error: The rollout of StatefulSet shop/a stops at the first pod, with 2 of 3 old pods serving: it is deleted, and its successor cannot be created.',
  ]);
  expect(rolled('DaemonSet', {})).toEqual([
    'error: The rollout of DaemonSet shop/a stops at its first pods: new ones cannot be created.',
  ]);
  expect(rolled('Deployment', { paused: true })).toEqual([]);
});

it('counts pods that come later, not those that run', () => {
  const deployment = (replicas: number) => workload('Deployment', { replicas });
  expect(downtime([deployment(2)], [deployment(2)])).toEqual([]);
  expect(downtime([deployment(2)], [deployment(5)])).toEqual([
    'error: The 3 more pods of Deployment shop/a cannot be created.',
  ]);
  expect(downtime([deployment(5)], [deployment(2)])).toEqual([]);
  expect(downtime([], [deployment(2)])).toEqual(['error: No pod of Deployment shop/a can be created.']);
  expect(downtime([], [deployment(0)])).toEqual([]);
  expect(downtime([], [workload('Deployment', {}, 'nginx:1', safe)])).toEqual([]);
  expect(downtime([], [deployment(2)], 'baseline')).toEqual([]);
});

it('looks at a namespace that has the level already, too', () => {
  const [old, now] = [workload('Deployment', {}, 'nginx:1', safe), workload('Deployment', {}, 'nginx:2')];
  expect(sentences('downtime', [space('restricted'), old], [space('restricted'), now])).toHaveLength(1);
});

it('names the workloads whose pods are not created again', () => {
  const named = ['a', 'b'].map((name) => having(workload('Deployment'), 'metadata.name', name));
  expect(sentences('access', [space(), ...named], [space('restricted'), ...named])).toEqual([
    'warning: Namespace shop raises its Pod Security level from privileged to restricted: running pods continue, and new pods that violate it are rejected: those of Deployment shop/a and Deployment shop/b, after an eviction or a rollout.',
  ]);
});

it('rejects a Pod itself, and no workload', () => {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', namespace: 'shop' },
    spec: { ...host, containers: [{ name: 'a', image: 'a:1' }] },
  };
  const { changes } = plan(
    ManifestSet.of([space()]),
    ManifestSet.of([space('baseline'), pod, workload('Deployment', {}, 'a:1', host)]),
  );
  expect(changes.map(({ effect, reasons = [] }) => [effect, ...reasons.map(({ path }) => path)])).toEqual([
    ['updated'],
    ['rejected', 'spec.hostNetwork'],
    ['created'],
  ]);
});
