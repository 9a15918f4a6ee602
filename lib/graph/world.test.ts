import type { ClusterProfile } from '../profiles/cluster-profile';
import { ManifestSet } from '../manifest/set';
import { Cluster } from './cluster';
import { targetOf, World } from './world';

const object = (
  kind: string,
  name: string,
  namespace?: string,
  more: object = {},
  apiVersion = 'v1',
): object => ({
  apiVersion,
  kind,
  metadata: { name, ...(namespace !== undefined && { namespace }) },
  ...more,
});
const secret = (name: string, namespace?: string) => object('Secret', name, namespace);
const space = (name: string, labels?: object) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, ...(labels !== undefined && { labels }) },
});

function world(objects: object[], assumed: object[] = [], profile?: ClusterProfile): World {
  return new World(new Cluster(ManifestSet.of(objects), profile, { assume: ManifestSet.of(assumed) }));
}

const target = (kind: string, name: string, namespace?: string, group = '') => ({
  group,
  kind,
  name,
  ...(namespace !== undefined && { namespace }),
});

describe('a target', () => {
  it('is found in the set, in what is assumed, or as what a controller makes, in this order', () => {
    const external = object('ExternalSecret', 'login', 'shop', { spec: {} }, 'external-secrets.io/v1');
    const login = target('Secret', 'login', 'shop');
    const found = (...sets: Parameters<typeof world>) => world(...sets).find(login);
    expect(found([secret('login', 'shop')], [secret('login', 'shop'), external])?.resolution).toBe('set');
    expect(found([external], [secret('login', 'shop')])?.resolution).toBe('assumed');
    expect(found([external])).toMatchObject({
      resolution: 'derived',
      manifest: { id: { kind: 'ExternalSecret' } },
      derived: { target: login, keys: [] },
    });
    expect(found([], [external])?.resolution).toBe('derived');
    expect(found([])).toBeUndefined();
  });

  it('is of the same group, kind, namespace and name, whichever the version', () => {
    const all = world([object('Ingress', 'web', 'shop', {}, 'networking.k8s.io/v1beta1')]);
    const group = 'networking.k8s.io';
    expect(all.find(target('Ingress', 'web', 'shop', group))?.resolution).toBe('set');
    expect(all.find(target('Ingress', 'web', 'shop', 'extensions'))).toBeUndefined();
    expect(all.find(target('Gateway', 'web', 'shop', group))).toBeUndefined();
    expect(all.find(target('Ingress', 'api', 'shop', group))).toBeUndefined();
    expect(all.find(target('Ingress', 'web', 'tools', group))).toBeUndefined();
  });

  it('may be an object without a namespace, where nothing else is in the namespace that is meant', () => {
    const meant = target('Secret', 'login', 'shop');
    expect(world([secret('login')]).find(meant)?.resolution).toBe('set');
    expect(world([secret('login')], [secret('x', 'shop')]).find(meant)).toBeUndefined();
    expect(world([secret('login')], [space('shop')]).find(meant)).toBeUndefined();
    expect(world([secret('login', 'default')]).find(meant)).toBeUndefined();
    expect(world([secret('login')]).find(target('Secret', 'login', 'default'))?.resolution).toBe('set');
    expect(world([secret('login')]).find(target('Secret', 'login'))).toBeUndefined();
  });
});

describe('what every cluster has', () => {
  const RBAC = 'rbac.authorization.k8s.io';

  it.each([
    ...['default', 'kube-node-lease', 'kube-public', 'kube-system'].map((name) => target('Namespace', name)),
    target('ServiceAccount', 'default', 'shop'),
    target('ConfigMap', 'kube-root-ca.crt', 'shop'),
    target('Service', 'kubernetes', 'default'),
    target('Service', 'kube-dns', 'kube-system'),
    ...['admin', 'cluster-admin', 'edit', 'view', 'system:node'].map((name) =>
      target('ClusterRole', name, undefined, RBAC),
    ),
    target('Role', 'system:controller:token-cleaner', 'kube-system', RBAC),
    target('Role', 'extension-apiserver-authentication-reader', 'kube-system', RBAC),
    ...['system-cluster-critical', 'system-node-critical'].map((name) =>
      target('PriorityClass', name, undefined, 'scheduling.k8s.io'),
    ),
    target('PriorityLevelConfiguration', 'workload-low', undefined, 'flowcontrol.apiserver.k8s.io'),
  ])('is %j', (built) => expect(world([]).find(built)).toEqual({ resolution: 'builtin' }));

  it.each([
    target('Namespace', 'shop'),
    target('Namespace', 'default', undefined, 'x.example'),
    target('ServiceAccount', 'api', 'shop'),
    target('ServiceAccount', 'default', 'shop', 'x.example'),
    target('Secret', 'default', 'shop'),
    target('ConfigMap', 'settings', 'shop'),
    target('ConfigMap', 'kube-root-ca.crt', 'shop', 'x.example'),
    target('Service', 'kubernetes', 'shop'),
    target('Service', 'kubernetes', 'default', 'x.example'),
    target('Service', 'web', 'default'),
    target('Endpoints', 'kubernetes', 'default'),
    target('ClusterRole', 'reader', undefined, RBAC),
    target('ClusterRole', 'my-system:', undefined, RBAC),
    target('ClusterRole', 'admin', undefined, 'x.example'),
    target('Role', 'admin', 'shop', RBAC),
    target('Role', 'my-system:', 'shop', RBAC),
    target('Role', 'system:x', 'shop', 'x.example'),
    target('PriorityClass', 'high', undefined, 'scheduling.k8s.io'),
    target('PriorityLevelConfiguration', 'own', undefined, 'flowcontrol.apiserver.k8s.io'),
  ])('is not %j', (other) => expect(world([]).find(other)).toBeUndefined());
});

describe('a profile', () => {
  const GATEWAY = 'gateway.networking.k8s.io';
  const profile: ClusterProfile = {
    storageClasses: ['fast', 'slow'],
    ingressClass: 'nginx',
    gateway: { name: 'edge', namespace: 'ingress' },
    clusterIssuer: 'letsencrypt',
  };

  it('names what the cluster has', () => {
    const all = world([], [], profile);
    for (const built of [
      target('StorageClass', 'fast', undefined, 'storage.k8s.io'),
      target('StorageClass', 'slow', undefined, 'storage.k8s.io'),
      target('IngressClass', 'nginx', undefined, 'networking.k8s.io'),
      target('Gateway', 'edge', 'ingress', GATEWAY),
      target('ClusterIssuer', 'letsencrypt', undefined, 'cert-manager.io'),
    ]) {
      expect(all.find(built)).toEqual({ resolution: 'builtin' });
      expect(world([]).find(built)).toBeUndefined();
    }
    expect(all.find(target('Gateway', 'edge', 'shop', GATEWAY))).toBeUndefined();
    expect(all.profile).toBe(profile);
  });

  it('makes no namespace known by its Gateway', () => {
    expect(world([], [], profile).isKnownNamespace('ingress')).toBe(false);
  });

  it('has a Gateway without a namespace in all of them', () => {
    const all = world([secret('x', 'shop')], [], {
      gateway: { name: 'edge' },
    });
    expect(all.find(target('Gateway', 'edge', 'shop', GATEWAY))).toEqual({ resolution: 'builtin' });
  });

  it('stands behind the objects themselves', () => {
    const own = object('IngressClass', 'nginx', undefined, {}, 'networking.k8s.io/v1');
    const found = world([own], [], profile).find(
      target('IngressClass', 'nginx', undefined, 'networking.k8s.io'),
    );
    expect(found?.resolution).toBe('set');
  });
});

test('what a manifest has from elsewhere is there, under the kind that pods read', () => {
  const [pod] = ManifestSet.of([object('Pod', 'web', 'shop')]).manifests;
  if (pod === undefined) throw new Error('no pod');
  const externals = ['ExternalSecret', 'SealedSecret', 'ConfigMap', 'TriggerAuthentication'].map((kind) => ({
    kind,
    name: `${kind}-a`,
  }));
  const all = new World(new Cluster(ManifestSet.from([{ ...pod, externals }])));
  expect(all.find(target('Secret', 'ExternalSecret-a', 'shop'))).toEqual({ resolution: 'builtin' });
  expect(all.find(target('Secret', 'SealedSecret-a', 'shop'))).toEqual({ resolution: 'builtin' });
  expect(all.find(target('ConfigMap', 'ConfigMap-a', 'shop'))).toEqual({ resolution: 'builtin' });
  expect(all.find(target('ConfigMap', 'ConfigMap-a', 'tools'))).toBeUndefined();
  const custom = target('TriggerAuthentication', 'TriggerAuthentication-a', 'shop', 'keda.sh');
  expect(all.find(custom)).toEqual({ resolution: 'builtin' });
});

describe('names', () => {
  const all = world([secret('a', 'shop'), secret('b', 'tools'), space('x')], [secret('c', 'shop')]);

  it('are those of one kind and namespace', () => {
    expect([...all.names({ group: '', kind: 'Secret', namespace: 'shop' })]).toEqual(['a', 'c']);
    expect([...all.names({ group: '', kind: 'Secret', namespace: 'gone' })]).toEqual([]);
    expect([...all.names({ group: '', kind: 'ConfigMap', namespace: 'shop' })]).toEqual([]);
    expect([...all.names({ group: '', kind: 'Namespace' })]).toEqual(['x']);
  });

  it('are known of a kind that has any', () => {
    expect(all.knows({ group: '', kind: 'Secret' })).toBe(true);
    expect(all.knows({ group: 'x.example', kind: 'Secret' })).toBe(false);
  });

  it('lead to objects of any kind', () => {
    const both = world([secret('a', 'shop'), object('ConfigMap', 'a', 'shop')]);
    expect(both.named('a')).toEqual([target('Secret', 'a', 'shop'), target('ConfigMap', 'a', 'shop')]);
    expect(both.named('b')).toEqual([]);
  });
});

describe('namespaces', () => {
  const all = world([space('shop', { team: 'shop' }), secret('a', 'tools')], [space('ops', { team: 'ops' })]);

  it('are known by their objects, and by what is in them', () => {
    expect([...all.namespaces]).toEqual(['shop', 'tools', 'ops']);
    expect(all.isKnownNamespace('tools')).toBe(true);
    expect(all.isKnownNamespace('gone')).toBe(false);
  });

  it('have the label that the server gives them in addition to their own', () => {
    expect(all.labelsOf('shop')).toEqual({ team: 'shop', 'kubernetes.io/metadata.name': 'shop' });
    expect(all.labelsOf('tools')).toBeUndefined();
  });

  it('are selected by their labels and their names', () => {
    const named = (name: string) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } });
    expect(all.namespacesWith({ matchLabels: { team: 'ops' } })).toEqual(['ops']);
    expect(all.namespacesWith({})).toEqual(['shop', 'tools', 'ops']);
    expect(all.namespacesWith(named('tools'))).toEqual(['tools']);
    expect(all.namespacesWith(named('gone'))).toEqual([]);
    const both = { matchLabels: { 'kubernetes.io/metadata.name': 'shop', team: 'ops' } };
    expect(all.namespacesWith(both)).toEqual([]);
  });

  it('selected once are not looked for again', () => {
    const selector = { matchLabels: { team: 'ops' } };
    expect(all.namespacesWith(selector)).toBe(all.namespacesWith({ ...selector }));
  });

  it('of another group are none', () => {
    const other = object('Namespace', 'x', 'shop', {}, 'x.example/v1');
    expect([...world([other]).namespaces]).toEqual(['shop']);
  });
});

test('pods are found by the object that makes them, and in its order', () => {
  const pod = (name: string) => object('Pod', name, 'shop', { spec: { containers: [{ name: 'main' }] } });
  const all = world([pod('a'), secret('x', 'shop'), pod('b')], [pod('c')]);
  expect([...all.allPods].map(({ manifest }) => manifest.id.name)).toEqual(['a', 'b', 'c']);
  expect(all.set.manifests.map((manifest) => all.podsOf(manifest)?.manifest.id.name)).toEqual([
    'a',
    undefined,
    'b',
  ]);
});

test.each([
  [object('Secret', 'a', 'shop'), target('Secret', 'a', 'shop')],
  [object('Secret', 'a'), target('Secret', 'a', 'default')],
  [object('PersistentVolume', 'a'), target('PersistentVolume', 'a')],
  [object('Deployment', 'a', 'shop', {}, 'apps/v1'), target('Deployment', 'a', 'shop', 'apps')],
  [object('Database', 'a', undefined, {}, 'x.example/v1'), target('Database', 'a', 'default', 'x.example')],
  ...[
    ['cert-manager.io', 'ClusterIssuer'],
    ['external-secrets.io', 'ClusterExternalSecret'],
    ['external-secrets.io', 'ClusterSecretStore'],
    ['gateway.networking.k8s.io', 'GatewayClass'],
    ['keda.sh', 'ClusterTriggerAuthentication'],
    ['trust.cert-manager.io', 'Bundle'],
  ].map(([group = '', kind = '']) => [
    object(kind, 'a', undefined, {}, `${group}/v1`),
    target(kind, 'a', undefined, group),
  ]),
])('others mean %j by %j', (one, expected) => {
  const set = ManifestSet.of([one]);
  const [manifest] = set.manifests;
  expect(manifest && targetOf(manifest, new Cluster(set).scopes)).toEqual(expected);
});
