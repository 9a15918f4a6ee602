import { ruleTest, unproven } from '../../../../test/check/rule-test';

const WEBHOOK = `---
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: sizes }
webhooks:
  - name: sizes.example.com
    rules: [{ apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [pods] }]
`;

const other = (replicas: number): string => `---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db, namespace: shop }
spec:
  replicas: ${replicas}
  serviceName: db
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec: { containers: [{ name: db, image: 'postgres:18', resources: { requests: { cpu: 300m } } }] }
`;

const PATH = 'spec.template.spec.containers';
const HINT = 'Ask for less, run fewer replicas, or raise the quota.';

ruleTest(
  'wiring/quota-refuses-pods',
  'error',
  [
    'Deployment shop/web',
    PATH,
    'ResourceQuota shop/compute allows requests.cpu 1, and its pods take 1500m: some cannot be created',
    HINT,
  ],
  ({ failing, passing, found }) => [
    ['fewer replicas', failing('replicas: 3', 'replicas: 2'), []],
    [
      'pods of an autoscaler at their fewest',
      failing() +
        `---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web, namespace: shop }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
  minReplicas: 2
  maxReplicas: 5
`,
      [],
    ],
    ['a workload that fits beside it', passing() + other(1), []],
    [
      'workloads that together take too much',
      passing() + other(2),
      [
        found(
          PATH,
          'ResourceQuota shop/compute allows requests.cpu 2, and the pods of the namespace take 2100m, its own 1500m: some cannot be created',
          HINT,
        ),
      ],
    ],
    [
      'an extended resource, which only has to be limited',
      failing("requests.cpu: '1'", "requests.nvidia.com/gpu: '2'").replace(
        'limits: { cpu: 500m,',
        "limits: { nvidia.com/gpu: '1', cpu: 500m,",
      ),
      [
        found(
          PATH,
          'ResourceQuota shop/compute allows requests.nvidia.com/gpu 2, and its pods take 3: some cannot be created',
          HINT,
        ),
      ],
    ],
    [
      'a quota of another namespace',
      failing('name: compute, namespace: shop', 'name: compute, namespace: b'),
      [],
    ],
    [
      'a quota of other pods',
      failing("requests.cpu: '1' }", "requests.cpu: '1' }, scopes: [Terminating]"),
      [],
    ],
    [
      'a quota of the cluster',
      passing('ResourceQuota', 'LimitRange', "hard: { requests.cpu: '2' }", 'limits: []'),
      [
        found(
          PATH,
          'ResourceQuota shop/few allows pods 2, and its pods take 3: some cannot be created',
          HINT,
        ),
      ],
      {
        assume: `apiVersion: v1
kind: ResourceQuota
metadata: { name: few, namespace: shop }
spec: { hard: { pods: 2 } }
`,
      },
    ],
    [
      'a limit that no container says',
      failing(
        'requests.cpu:',
        'limits.ephemeral-storage: 1Gi, limits.cpu:',
        'limits: { cpu: 500m, memory: 64Mi }',
        'limits: {}',
      ),
      [
        found(
          PATH,
          'ResourceQuota shop/compute refuses the pods: failed quota: compute: must specify limits.cpu for: web',
          'Set them, or let a LimitRange of the namespace give defaults.',
        ),
      ],
    ],
    [
      'a webhook that may change it',
      failing() + WEBHOOK,
      [
        unproven(
          found(
            undefined,
            'ResourceQuota shop/compute allows requests.cpu 1, and its pods take 1500m: some cannot be created; MutatingWebhookConfiguration sizes may change that',
          ),
        ),
      ],
    ],
  ],
);
