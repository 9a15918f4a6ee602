import { ManifestSet } from '../manifest/set';
import { ownedFields } from './owned-fields';
import { wavesOf } from './waves';

/** The objects of a YAML stream, each in the stage that the label `stage` says. */
function deployment(yaml: string) {
  const manifests = ManifestSet.parse(yaml).manifests.map((manifest) => ({
    ...manifest,
    stage: Number(manifest.object.metadata.labels?.['stage'] ?? 0),
  }));
  return { manifests, profile: {} };
}

const pods = (spec: string): string => `{ metadata: { labels: { app: a } }, spec: { ${spec} } }`;
const CONTAINER = 'containers: [{ name: a, image: a:1 }]';

const SHOP = `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { stage: '1' } }
---
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: { name: high }
value: 1
---
apiVersion: batch/v1
kind: Job
metadata: { name: migration, namespace: shop }
spec:
  template: ${pods(`restartPolicy: Never, serviceAccountName: migration, ${CONTAINER}, volumes: [{ name: c, configMap: { name: settings } }]`)}
---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: shop, labels: { stage: '1' } }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: migration, namespace: shop, labels: { stage: '1' } }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: migration, namespace: shop, labels: { stage: '1' } }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: migration }
subjects: [{ kind: ServiceAccount, name: migration, namespace: shop }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: migration, namespace: shop, labels: { stage: '1' } }
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: disk, namespace: shop }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: api, namespace: shop }
spec: { maxReplicas: 3, scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: api } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop, labels: { stage: '1' } }
spec:
  replicas: 2
  selector: { matchLabels: { app: a } }
  template: ${pods(`${CONTAINER}, volumes: [{ name: d, persistentVolumeClaim: { claimName: disk } }]`)}
`;

it('puts each object into a wave with what it needs, so that no wave waits for a later one', () => {
  const waves = [...wavesOf(deployment(SHOP))].map(([{ id }, wave]) => `${wave} ${id.kind}`);
  expect(waves.sort()).toEqual([
    '0 PriorityClass',
    '1 ConfigMap',
    '1 Job',
    '1 Namespace',
    '1 Role',
    '1 RoleBinding',
    '1 ServiceAccount',
    '2 Deployment',
    '2 HorizontalPodAutoscaler',
    '2 PersistentVolumeClaim',
  ]);
});

it.each([
  ['the replicas of what an autoscaler scales', SHOP, ['Deployment /spec/replicas']],
  ['no replicas that the manifest leaves out', SHOP.replace('  replicas: 2\n', ''), []],
  [
    'the certificate that cert-manager writes, and the rules that are collected',
    `
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: a, annotations: { cert-manager.io/inject-ca-from: shop/a } }
webhooks: [{ name: a.b.c, clientConfig: { caBundle: '', service: { name: a, namespace: shop } } }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: all }
aggregationRule: { clusterRoleSelectors: [{ matchLabels: { a: b } }] }
rules: []
`,
    ['ValidatingWebhookConfiguration /webhooks/0/clientConfig/caBundle', 'ClusterRole /rules'],
  ],
  [
    'the weights of a route by which Argo Rollouts splits traffic',
    `
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: web, namespace: shop }
spec: { strategy: { canary: { trafficRouting: { plugins: { argoproj-labs/gatewayAPI: { httpRoute: web } } } } } }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: shop }
spec: { rules: [{ backendRefs: [{ name: a, weight: 100 }, { name: b, weight: 0 }] }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: other, namespace: shop }
spec: { rules: [{ backendRefs: [{ name: a, weight: 100 }] }] }
`,
    ['HTTPRoute /spec/rules/0/backendRefs/0/weight', 'HTTPRoute /spec/rules/0/backendRefs/1/weight'],
  ],
])('finds fields that something in the cluster owns: %s', (_, yaml, expected) => {
  const found = ownedFields(deployment(yaml)).flatMap(({ manifest, pointers }) =>
    pointers.map((pointer) => `${manifest.id.kind} ${pointer}`),
  );
  expect(found).toEqual(expected);
});
