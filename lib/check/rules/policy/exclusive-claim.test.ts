import { ruleTest, unproven } from '../../../../test/check/rule-test';

/** A backup of the claim `data`. */
const OTHER = `
---
apiVersion: batch/v1
kind: Job
metadata: { name: backup, namespace: shop }
spec:
  template:
    metadata: { labels: { app: backup } }
    spec: { restartPolicy: Never, containers: [{ name: backup, image: 'acme/backup:1' }], volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }] }
`;

const STATEFUL = `
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db, namespace: shop }
spec:
  replicas: 2
  serviceName: db
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec: { containers: [{ name: db, image: 'acme/db:1' }] }
  volumeClaimTemplates:
    - metadata: { name: data }
      spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
`;

const SHARED = [
  'Job shop/backup',
  'spec.template.spec.volumes[0].persistentVolumeClaim.claimName',
  'shares claim "data" with Deployment shop/web, which only one node can mount at a time',
  'Use access mode ReadWriteMany, or run the pods on one node by a required podAffinity.',
] as const;
const OF_REPLICA = [
  SHARED[0],
  SHARED[1],
  'shares claim "data-db-1" with StatefulSet shop/db, which only one node can mount at a time',
  SHARED[3],
] as const;

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
    [
      'ReadWriteOncePod',
      failing('ReadWriteOnce]', 'ReadWriteOncePod]'),
      [
        found(
          undefined,
          'the old and the new pod of a rollout share claim "data", which only one pod can mount at a time',
        ),
      ],
    ],
    [
      'ReadWriteOncePod and several pods',
      passing('ReadWriteOnce]', 'ReadWriteOncePod]', 'replicas: 1', 'replicas: 2'),
      [
        unproven(
          found(undefined, '2 pods share claim "data", which only one pod can mount at a time'),
          'error',
        ),
      ],
    ],
    ['another workload that mounts it', passing() + OTHER, [SHARED]],
    [
      'another workload of ReadWriteOncePod',
      passing('ReadWriteOnce]', 'ReadWriteOncePod]') + OTHER,
      [
        unproven(
          [
            SHARED[0],
            SHARED[1],
            'shares claim "data" with Deployment shop/web, which only one pod can mount at a time',
            SHARED[3] ?? '',
          ],
          'error',
        ),
      ],
    ],
    ['another workload of ReadWriteMany', passing('[ReadWriteOnce]', '[ReadWriteMany]') + OTHER, []],
    [
      'another workload on the same node',
      passing() +
        OTHER.replace(
          'containers:',
          'affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: kubernetes.io/hostname, labelSelector: { matchLabels: { app: web } } }] } }, containers:',
        ),
      [],
    ],
    [
      'the claim of a replica',
      STATEFUL + OTHER.replace('claimName: data', 'claimName: data-db-1'),
      [OF_REPLICA],
    ],
    ['a replica that there is not', STATEFUL + OTHER.replace('claimName: data', 'claimName: data-db-2'), []],
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
