import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'policy/exclusive-claim',
  'warning',
  [
    'Deployment shop/web',
    'spec.template.spec.volumes[0].persistentVolumeClaim.claimName',
    'the old and the new pod of a rollout share claim "data", which only one node can mount at a time',
    'Use strategy Recreate with one replica, a StatefulSet, or access mode ReadWriteMany.',
  ],
  ({ failing, passing, found }) => [
    [
      'several pods',
      failing('replicas: 1', 'replicas: 2'),
      [found(undefined, '2 pods share claim "data", which only one node can mount at a time')],
    ],
    [
      'several pods, even recreated',
      passing('replicas: 1', 'replicas: 3'),
      [found(undefined, '3 pods share claim "data", which only one node can mount at a time')],
    ],
    ['no pods', failing('replicas: 1', 'replicas: 0'), []],
    ['the default of replicas is one', failing('  replicas: 1\n', ''), [found()]],
    [
      'a rollout without surge',
      failing('replicas: 1', 'replicas: 1\n  strategy: { rollingUpdate: { maxSurge: 0 } }'),
      [],
    ],
    [
      'a rollout without surge, in percent',
      failing('replicas: 1', "replicas: 1\n  strategy: { rollingUpdate: { maxSurge: '0%' } }"),
      [],
    ],
    [
      'a rollout with a surge',
      failing('replicas: 1', "replicas: 1\n  strategy: { rollingUpdate: { maxSurge: '25%' } }"),
      [found()],
    ],
    ['ReadWriteOncePod', failing('ReadWriteOnce]', 'ReadWriteOncePod]'), [found()]],
    ['a claim for many nodes', failing('[ReadWriteOnce]', '[ReadWriteOnce, ReadWriteMany]'), []],
    ['a claim without access modes', failing('[ReadWriteOnce]', '[]'), []],
    [
      'a claim in another namespace',
      failing('name: data\n  namespace: shop', 'name: data\n  namespace: other'),
      [],
    ],
    ['one pod of another kind', failing('kind: Deployment', 'kind: ReplicaSet'), []],
  ],
);
