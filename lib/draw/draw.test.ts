import { check } from '../check/check';
import type { Manifest } from '../manifest/manifest';
import { ManifestSet } from '../manifest/set';
import { plan } from '../plan/plan';
import { draw } from './draw';
import type { Drawing } from './drawing';
import { fold } from './fold';
import { layout } from './layout';
import { neighbourhood } from './neighbourhood';

const SHOP = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec:
  replicas: 3
  selector: { matchLabels: { app: api } }
  template:
    metadata: { labels: { app: api } }
    spec:
      serviceAccountName: api
      containers:
        - name: api
          image: api:1.0.0
          envFrom: [{ configMapRef: { name: settings } }, { secretRef: { name: login, optional: true } }]
---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: shop }
data: { PASSWORD: hunter2-hunter2 }
---
apiVersion: v1
kind: Service
metadata: { name: api, namespace: shop }
spec: { selector: { app: api }, ports: [{ port: 80 }] }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: api, namespace: shop }
spec: { maxUnavailable: 1, selector: { matchLabels: { app: api } } }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: api, namespace: shop }
spec: { rules: [{ host: a.example.com, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: api, port: { number: 80 } } } }] } }] }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: api, namespace: shop }
spec: { minReplicas: 3, maxReplicas: 9, scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: api } }
`;

function drawn(yaml: string): Drawing {
  return draw(ManifestSet.parse(yaml))[0] ?? { nodes: [], edges: [], groups: [] };
}

function edgesOf({ nodes, edges }: Drawing): string[] {
  const names = new Map(nodes.map(({ id, kind, name }) => [id, `${kind} ${name}`]));
  return edges.map(({ from, to, relation }) => `${names.get(from)} ${relation} ${names.get(to)}`);
}

function configured(count: number): string {
  const workload = (index: number): string => `
apiVersion: batch/v1
kind: CronJob
metadata: { name: job-${index}, namespace: shop }
spec:
  schedule: '* * * * *'
  jobTemplate: { spec: { template: { spec: { restartPolicy: Never, containers: [{ name: a, image: 'a:1', envFrom: [{ configMapRef: { name: settings } }] }] } } } }`;
  const settings = '\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings, namespace: shop }';
  return [settings, ...Array.from({ length: count }, (_, index) => workload(index))].join('\n---');
}

it('draws how the objects of an application depend on one another', () => {
  expect(edgesOf(drawn(SHOP))).toEqual([
    'Deployment api refers ServiceAccount api',
    'Deployment api mounts ConfigMap settings',
    'Deployment api mounts Secret login',
    'Service api selects Deployment api',
    'PodDisruptionBudget api guards Deployment api',
    'Ingress api routes Service api',
    'HorizontalPodAutoscaler api scales Deployment api',
  ]);
});

it('says how many pods a workload has, with its scaler, and what is not there', () => {
  const { nodes } = drawn(SHOP);
  expect(nodes.find(({ kind }) => kind === 'Deployment')).toMatchObject({
    id: 'apps|Deployment|shop|api',
    replicas: '3-9',
    shape: 'workload',
  });
  expect(nodes.find(({ kind }) => kind === 'Secret')?.outside).toBe('missing');
});

it('repeats no value of an object', () => {
  expect(JSON.stringify(drawn(SHOP))).not.toContain('hunter2');
});

it('draws the same each time', () => {
  expect(drawn(SHOP)).toEqual(drawn(SHOP));
  expect(layout(drawn(SHOP))).toEqual(layout(drawn(SHOP)));
});

it('marks objects with their worst finding and with what a plan does', () => {
  const [before, after] = [
    ManifestSet.parse(SHOP),
    ManifestSet.parse(SHOP.replace('api:1.0.0', 'api:1.1.0')),
  ];
  const [drawing] = draw(after, { findings: check(after), changes: plan(before, after).changes });
  const deployment = drawing?.nodes.find(({ kind }) => kind === 'Deployment');
  expect(deployment).toMatchObject({ effect: 'pods-replaced', finding: 'warning' });
});

it('draws connections to pods that a policy closes, and none to open ones', () => {
  const db = `
apiVersion: v1
kind: Pod
metadata: { name: db, namespace: shop, labels: { app: db } }
spec: { containers: [{ name: db, image: 'db:1', ports: [{ containerPort: 5432 }] }] }`;
  const policy = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db, namespace: shop }
spec: { podSelector: { matchLabels: { app: db } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: api } } }] }] }`;
  expect(edgesOf(drawn([SHOP, db, policy].join('\n---')))).toContain('Deployment api connects Pod db');
  expect(edgesOf(drawn([SHOP, db].join('\n---'))).join()).not.toContain('connects');
});

it('keeps what is near an object, and counts the rest', () => {
  const near = neighbourhood(drawn(SHOP), ['networking.k8s.io|Ingress|shop|api'], 1);
  expect(near.nodes.map(({ kind }) => kind)).toEqual(['Service', 'Ingress']);
  expect(near.left).toBe(6);
});

it('folds hundreds of objects on one ConfigMap into one', () => {
  const folded = fold(drawn(configured(500)));
  expect(folded.nodes.map(({ kind, members }) => [kind, members?.length])).toEqual([
    ['ConfigMap', undefined],
    ['CronJob', 500],
  ]);
  expect(edgesOf(folded)).toEqual(['CronJob job-0 mounts ConfigMap settings']);
});

it('puts every object on the paper, none over another, in layers and in rows', () => {
  for (const count of [5, 400]) {
    const drawing = drawn(configured(count));
    const { nodes, width, height } = layout(drawing);
    const boxes = drawing.nodes.map(({ id }) => nodes.get(id) ?? { x: -1, y: -1, width: 0, height: 0 });
    expect(boxes.filter(({ x, y }) => x < 0 || y < 0)).toEqual([]);
    expect(boxes.every((box) => box.x + box.width <= width && box.y + box.height <= height)).toBe(true);
    const overlaps = boxes.filter((a, index) =>
      boxes
        .slice(index + 1)
        .some(
          (b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height,
        ),
    );
    expect(overlaps).toEqual([]);
  }
});

it('lays out nothing, one object, and a cycle', () => {
  const node = { kind: 'Pod', apiGroup: '', name: 'a', shape: 'workload' } as const;
  expect(layout({ nodes: [], edges: [], groups: [] }).nodes.size).toBe(0);
  expect(layout({ nodes: [{ id: 'a', ...node }], edges: [], groups: [] }).nodes.size).toBe(1);
  const edges = [
    { from: 'a', to: 'b', relation: 'refers' },
    { from: 'b', to: 'a', relation: 'refers' },
  ] as const;
  const cycle = layout({
    nodes: [
      { id: 'a', ...node },
      { id: 'b', ...node },
    ],
    edges,
    groups: [],
  });
  expect(cycle.edges.map((points) => points.length > 1)).toEqual([true, true]);
});

it('marks no object of one environment with what becomes of another', () => {
  const placed = (environment: string, yaml: string): Manifest[] =>
    ManifestSet.parse(yaml).manifests.map((each) => ({ ...each, origin: { environment } }));
  const before = [...placed('staging', SHOP), ...placed('production', SHOP)];
  const after = [...placed('staging', SHOP.replace('api:1.0.0', 'api:1.1.0')), ...placed('production', SHOP)];
  const set = ManifestSet.from(after);
  const drawings = draw(set, { changes: plan(ManifestSet.from(before), set).changes });
  const effects = drawings.map(({ environment, nodes }) => [
    environment,
    nodes.find(({ kind }) => kind === 'Deployment')?.effect,
  ]);
  expect(effects).toEqual([
    ['production', 'none'],
    ['staging', 'pods-replaced'],
  ]);
});

it('draws grants of roles that every cluster has, and to people', () => {
  const grant = `
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: support, namespace: shop }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view }
subjects: [{ apiGroup: rbac.authorization.k8s.io, kind: Group, name: shop-support }]`;
  const drawing = drawn(grant);
  expect(edgesOf(drawing)).toEqual([
    'RoleBinding support grants ClusterRole view',
    'RoleBinding support grants Group shop-support',
  ]);
  expect(drawing.nodes.map(({ outside }) => outside)).toEqual([undefined, 'builtin', 'unknown']);
});
