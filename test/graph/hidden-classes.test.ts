import { setFlagsFromString } from 'node:v8';
import { runInThisContext } from 'node:vm';
import { bindingsIn } from '../../lib/graph/bindings';
import { budgetsIn } from '../../lib/graph/budgets';
import { Cluster } from '../../lib/graph/cluster';
import { hostUsesOf } from '../../lib/graph/hosts/host-uses';
import { podsOf } from '../../lib/graph/pods';
import { referencesIn, worldOf } from '../../lib/graph/references';
import { replicasOf } from '../../lib/graph/replicas';
import { servicesIn } from '../../lib/graph/services';
import { ManifestSet } from '../../lib/manifest/set';

setFlagsFromString('--allow-natives-syntax');
const haveOneClass = runInThisContext('(a, b) => %HaveSameMap(a, b)') as (a: unknown, b: unknown) => boolean;

const objectsOf = (name: string): object[] => {
  const [metadata, labels] = [{ name, namespace: 'shop' }, { app: name }];
  const env = [
    { name: 'API_HOST', value: 'api.shop.svc' },
    { name: 'KEY', valueFrom: { configMapKeyRef: { name: 'n0', key: 'key' } } },
  ];
  const spec = { containers: [{ name: 'main', image: 'x', env }] };
  return [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: { replicas: 2, selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
    },
    { apiVersion: 'v1', kind: 'Service', metadata, spec: { selector: labels, ports: [{ port: 80 }] } },
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata,
      spec: { maxUnavailable: 1, selector: { matchLabels: labels } },
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name: 'default' }],
    },
  ];
};

/** V8 learns the shape of a copy from the first ones. */
const NAMES = Array.from({ length: 40 }, (_, index) => `n${index}`);
const cluster = new Cluster(ManifestSet.of(NAMES.flatMap(objectsOf)));

it.each<[string, readonly unknown[]]>([
  ['pods', podsOf(cluster)],
  ['numbers of replicas', podsOf(cluster).map(({ manifest }) => replicasOf(cluster, manifest))],
  ['Services', servicesIn(cluster)],
  ['budgets', budgetsIn(cluster)],
  ['bindings', bindingsIn(cluster)],
  ['hosts that pods name', podsOf(cluster).flatMap((pods) => hostUsesOf(worldOf(cluster), pods))],
  [
    'references to keys',
    referencesIn(cluster).references.filter(({ path }) => path.endsWith('configMapKeyRef.name')),
  ],
])('gives %s one hidden class, not one each', (_, all) => {
  expect(all).toHaveLength(NAMES.length);
  expect(haveOneClass(all.at(-1), all.at(-2))).toBe(true);
});
