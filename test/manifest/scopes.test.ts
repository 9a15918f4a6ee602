import { check, plan } from '../../lib/index';
import { formatId, identityKey } from '../../lib/manifest/manifest';
import { ManifestSet, scopedBy } from '../../lib/manifest/set';

const object = (apiVersion: string, kind: string, name: string, namespace?: string, more: object = {}) => ({
  apiVersion,
  kind,
  metadata: { name, ...(namespace !== undefined && { namespace }) },
  ...more,
});
const definition = (scope: 'Cluster' | 'Namespaced', kind = 'Tenant', group = 'acme.example') =>
  object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'tenants.acme.example', undefined, {
    spec: {
      group,
      names: { kind, plural: 'tenants' },
      scope,
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: {
            openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
          },
        },
      ],
    },
  });
const tenant = (namespace?: string) => object('acme.example/v1', 'Tenant', 'a', namespace);
const reader = (namespace?: string) =>
  object('rbac.authorization.k8s.io/v1', 'ClusterRole', 'reader', namespace, { rules: [] });

const idsOf = (set: ManifestSet) => [...set].map(({ id }) => formatId(id));

describe('the identity of a cluster-scoped object has no namespace, whatever its metadata says', () => {
  it.each([
    ['rbac.authorization.k8s.io/v1', 'ClusterRole'],
    ['rbac.authorization.k8s.io/v1beta1', 'ClusterRoleBinding'],
    ['v1', 'PersistentVolume'],
    ['v1', 'Namespace'],
    ['storage.k8s.io/v1', 'StorageClass'],
    ['scheduling.k8s.io/v1', 'PriorityClass'],
    ['node.k8s.io/v1', 'RuntimeClass'],
    ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
    ['admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration'],
    ['networking.k8s.io/v1', 'IngressClass'],
    ['cert-manager.io/v1', 'ClusterIssuer'],
    ['kyverno.io/v1', 'ClusterPolicy'],
  ])('%s %s', (apiVersion, kind) => {
    const set = ManifestSet.of([object(apiVersion, kind, 'a', 'shop')]);
    expect(idsOf(set)).toEqual([`${kind} a`]);
    expect(set.manifests[0]?.object.metadata.namespace).toBe('shop');
  });

  it('is kept by kinds that live in one, and by those that nothing is known of', () => {
    const set = ManifestSet.of([object('v1', 'Secret', 'a', 'shop'), tenant('shop')]);
    expect(idsOf(set)).toEqual(['Secret shop/a', 'Tenant shop/a']);
  });

  it('is dropped for kinds that a definition in the set makes cluster-scoped, before or after it', () => {
    expect(idsOf(ManifestSet.of([tenant('shop'), definition('Cluster')]))[0]).toBe('Tenant a');
    expect(idsOf(ManifestSet.of([definition('Cluster'), tenant('shop')]))[1]).toBe('Tenant a');
    expect(idsOf(ManifestSet.of([tenant('shop'), definition('Namespaced')]))[0]).toBe('Tenant shop/a');
    expect(idsOf(ManifestSet.of([tenant('shop'), definition('Cluster', 'Other')]))[0]).toBe('Tenant shop/a');
  });

  it('is dropped if the definition comes from another file, or from what is assumed', () => {
    const [resources, definitions] = [
      ManifestSet.of([tenant('shop')]),
      ManifestSet.of([definition('Cluster')]),
    ];
    expect(idsOf(ManifestSet.from([...resources, ...definitions]))[0]).toBe('Tenant a');
    expect(idsOf(scopedBy(resources, definitions))).toEqual(['Tenant a']);
    expect(scopedBy(definitions, resources)).toBe(definitions);
  });

  it('follows the definition rather than what is known of a kind', () => {
    const own = definition('Namespaced', 'ClusterPolicy', 'kyverno.io');
    expect(idsOf(ManifestSet.of([own, object('kyverno.io/v1', 'ClusterPolicy', 'a', 'shop')]))[1]).toBe(
      'ClusterPolicy shop/a',
    );
  });

  it('leaves a definition that cannot be read', () => {
    const broken = object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'x', undefined, { spec: 7 });
    expect(idsOf(ManifestSet.of([broken, tenant('shop')]))[1]).toBe('Tenant shop/a');
  });
});

describe('two cluster-scoped objects of one name in different namespaces', () => {
  it('are a duplicate', () => {
    const set = ManifestSet.of([reader('shop'), reader('tools')]);
    expect(new Set([...set].map(({ id }) => identityKey(id))).size).toBe(1);
    expect(check(set).map(({ rule, message }) => `${rule}: ${message}`)).toEqual([
      'wiring/duplicate-identity: ClusterRole reader is defined twice',
    ]);
  });

  it('are a duplicate if their definition is assumed', () => {
    const set = ManifestSet.of([tenant('shop'), tenant('tools')]);
    const rules = (options: object) => check(set, options).map(({ rule }) => rule);
    expect(rules({ assume: ManifestSet.of([definition('Cluster')]) })).toEqual(['wiring/duplicate-identity']);
    expect(rules({ assume: ManifestSet.of([definition('Namespaced')]) })).not.toContain(
      'wiring/duplicate-identity',
    );
  });
});

describe('plan takes a cluster-scoped object that loses or changes its namespace for the same object', () => {
  const effects = (before: object[], after: object[]) =>
    plan(ManifestSet.of(before), ManifestSet.of(after)).changes.map(
      ({ id, effect, fields }) => `${formatId(id)} ${effect} ${fields.length}`,
    );

  it.each([
    ['shop', undefined],
    [undefined, 'shop'],
    ['shop', 'tools'],
  ])('from %s to %s', (from, to) => {
    expect(effects([reader(from)], [reader(to)])).toEqual(['ClusterRole reader none 0']);
  });

  it('also of a custom kind whose definition is on one side only', () => {
    expect(effects([tenant('shop')], [tenant(), definition('Cluster')])[0]).toBe('Tenant a none 0');
    expect(effects([tenant('shop'), definition('Cluster')], [tenant()])[0]).toBe('Tenant a none 0');
  });

  it('with other changes', () => {
    const rules = [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }];
    expect(effects([reader('shop')], [{ ...reader(), rules }])).toEqual(['ClusterRole reader updated 1']);
  });
});
