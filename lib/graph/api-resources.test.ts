import { ManifestSet } from '../manifest/set';
import { isClosed } from '../kube/rbac/resources';
import { resourcesOf } from './api-resources';
import { Cluster } from './cluster';

const known = (...definitions: object[]) => resourcesOf(new Cluster(ManifestSet.of(definitions)));

describe('subresources', () => {
  it.each([
    [
      '/pods',
      'attach binding ephemeralcontainers eviction exec finalizers log portforward proxy resize status',
    ],
    ['/nodes', 'checkpoint configz finalizers healthz log metrics pods proxy spec stats status'],
    ['/services', 'finalizers proxy status'],
    ['/serviceaccounts', 'finalizers token'],
    ['/namespaces', 'finalize finalizers status'],
    ['apps/deployments', 'finalizers scale status'],
    ['certificates.k8s.io/certificatesigningrequests', 'approval finalizers status'],
  ])('of %s are %s', (resource, subresources) => {
    expect([...(known().get(resource)?.subresources ?? [])].sort()).toEqual(subresources.split(' '));
  });
});

it.each([
  '/users',
  '/groups',
  'authentication.k8s.io/uids',
  'authentication.k8s.io/userextras',
  'certificates.k8s.io/signers',
  'extensions/podsecuritypolicies',
  'policy/podsecuritypolicies',
])('%s is a resource that only permissions have', (key) => {
  const [group, plural] = key.split('/');
  expect(known().get(key)).toMatchObject({ group, plural, isNamespaced: false });
});

it.each([
  ['/pods', 'Pod', true],
  ['/podtemplates', 'PodTemplate', true],
  ['/namespaces', 'Namespace', false],
  ['/services', 'Service', true],
  ['/serviceaccounts', 'ServiceAccount', true],
])('%s is of the kind %s, namespaced: %p', (key, kind, isNamespaced) => {
  expect(known().get(key)).toMatchObject({ kind, isNamespaced });
});

describe('a definition', () => {
  const definition = (scope: string, more: object = {}) => ({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'shops.acme.io' },
    spec: { group: 'acme.io', scope, names: { plural: 'shops', kind: 'Shop' }, versions: [], ...more },
  });

  it('says whether its resources are namespaced', () => {
    expect(known(definition('Cluster')).get('acme.io/shops')?.isNamespaced).toBe(false);
    expect(known(definition('Namespaced')).get('acme.io/shops')?.isNamespaced).toBe(true);
  });

  it('has the subresources of all its versions', () => {
    const versions = [{ subresources: { status: {} } }, { subresources: { scale: {} } }, {}];
    expect([
      ...(known(definition('Cluster', { versions })).get('acme.io/shops')?.subresources ?? []),
    ]).toEqual(['status', 'scale', 'finalizers']);
  });

  it('is known by its own name too, where that differs', () => {
    const resources = known(
      definition('Cluster', { group: 'acme.dev', names: { plural: 'stores', kind: 'Shop' } }),
    );
    expect(resources.get('acme.dev/stores')?.kind).toBe('Shop');
    expect(resources.get('acme.io/shops')?.kind).toBe('Shop');
  });

  it('counts where it is assumed, and opens no group', () => {
    const assume = ManifestSet.of([definition('Cluster')]);
    const cluster = new Cluster(ManifestSet.of([]), {}, { assume });
    expect(resourcesOf(cluster).has('acme.io/shops')).toBe(true);
    expect(resourcesOf(new Cluster(ManifestSet.of([]))).has('acme.io/shops')).toBe(false);
    expect(isClosed('acme.io')).toBe(false);
  });

  it('is none of another kind', () => {
    expect(
      known({ ...definition('Cluster'), apiVersion: 'v1', kind: 'ConfigMap' }).has('acme.io/shops'),
    ).toBe(false);
  });
});
