import { ManifestSet } from '../../lib/manifest/set';

/** Markup, a text that ends a script, quotes, and a mark that reverses text. */
export const HOSTILE = '</script><img src=x onerror=alert(1)>\u202e"\'&${x}';

/** From right to left, in Arabic and Hebrew. */
export const RIGHT_TO_LEFT = 'متجر-חנות';

const LONG = 'a'.repeat(253);

/** Names that no page should fall for: the API server refuses most, and a report has to show them for that. */
export const hostile = ManifestSet.of(
  [HOSTILE, RIGHT_TO_LEFT, LONG, 'a b', '%2e%2e%2f', '__proto__'].map((name, index) => ({
    apiVersion: 'v1',
    kind: index === 3 ? HOSTILE : 'ConfigMap',
    metadata: { name, namespace: index === 0 ? HOSTILE : 'shop', labels: { [HOSTILE]: HOSTILE } },
    data: { note: HOSTILE, [HOSTILE]: RIGHT_TO_LEFT },
  })),
);

/** Deployments that read a ConfigMap each, with a Service: 2,000 objects are 500 of these applications. */
export function applications(count: number): ManifestSet {
  const one = (index: number): object[] => {
    const name = `app-${index}`;
    const namespace = `team-${index % 20}`;
    const labels = { app: name };
    return [
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data: { LOG_LEVEL: 'info' } },
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } },
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name, namespace },
        spec: {
          replicas: 2,
          selector: { matchLabels: labels },
          template: {
            metadata: { labels },
            spec: {
              serviceAccountName: name,
              containers: [
                {
                  name: 'main',
                  image: `registry.example/${name}:1.0.${index}`,
                  envFrom: [{ configMapRef: { name } }],
                  ports: [{ containerPort: 8080 }],
                },
              ],
            },
          },
        },
      },
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name, namespace },
        spec: { selector: labels, ports: [{ port: 80, targetPort: 8080 }] },
      },
    ];
  };
  return ManifestSet.of(Array.from({ length: count }, (_, index) => one(index)).flat());
}

const deployment = (image: string, cpu = '250m'): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec:
  replicas: 3
  selector: { matchLabels: { app: api } }
  template:
    metadata: { labels: { app: api } }
    spec:
      containers:
        - name: api
          image: ${image}
          resources: { requests: { cpu: ${cpu}, memory: 64Mi } }
          envFrom: [{ configMapRef: { name: settings } }]`;

const claim = (size: string): string => `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data, namespace: shop }
spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: ${size} } } }`;

const settings = (level: string): string => `
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: shop }
data: { LOG_LEVEL: ${level} }`;

const account = (name: string): string => `
apiVersion: v1
kind: ServiceAccount
metadata: { name: ${name}, namespace: shop }`;

/** Two sets whose plan has every effect: an object that stays, one that comes, changes, rolls out, goes and is refused. */
export const everyEffect = {
  before: ManifestSet.parse(
    [deployment('shop:1'), claim('20Gi'), settings('info'), account('stays'), account('goes')].join('\n---'),
  ),
  after: ManifestSet.parse(
    [deployment('shop:2'), claim('10Gi'), settings('debug'), account('stays'), account('comes')].join(
      '\n---',
    ),
  ),
};

/** Three pods of which a node takes one. */
export const crowded = ManifestSet.parse([deployment('shop:1', '600m'), settings('info')].join('\n---'));

export const smallNodes = [
  {
    name: 'node-a',
    labels: { 'topology.kubernetes.io/zone': 'zone-a' },
    allocatable: { cpu: '1', memory: '1Gi', pods: '10' },
  },
  {
    name: 'node-b',
    labels: { 'topology.kubernetes.io/zone': 'zone-b' },
    allocatable: { cpu: '1', memory: '1Gi', pods: '10' },
  },
];

/** An API that Kubernetes 1.32 no longer serves. */
export const removedSoon = ManifestSet.parse(`
apiVersion: flowcontrol.apiserver.k8s.io/v1beta3
kind: FlowSchema
metadata: { name: "slow" }
spec: { priorityLevelConfiguration: { name: exempt } }
`);
