import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { grouped } from '../kube/grouped';
import { ManifestSet } from '../manifest/set';
import { Cluster } from './cluster';
import { references, referencesIn, worldOf } from './references';
import type { NamingReference } from './reference';

/** The first reference of the first object of some YAML, by name. */
function first(yaml: string): NamingReference {
  const [found] = references(ManifestSet.parse(yaml)).references;
  if (found?.type !== 'names') throw new Error('no reference by name');
  return found;
}

describe('the fields beside a name', () => {
  it.each([
    [
      `{ apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: { name: a }, spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web } } }`,
      { group: 'spec.scaleTargetRef.apiVersion', kind: 'spec.scaleTargetRef.kind' },
    ],
    [
      `{ apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: { name: a }, roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: web } }`,
      { group: 'roleRef.apiGroup', kind: 'roleRef.kind' },
    ],
    [
      `{ apiVersion: cert-manager.io/v1, kind: Certificate, metadata: { name: a }, spec: { issuerRef: { group: cert-manager.io, name: ca } } }`,
      { group: 'spec.issuerRef.group' },
    ],
    [
      `{ apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: { name: a }, spec: { parentRefs: [{ name: edge, namespace: ingress }] } }`,
      { namespace: 'spec.parentRefs[0].namespace' },
    ],
    [
      `{ apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: { name: a }, spec: { gateways: [edge] } }`,
      {},
    ],
  ])('of %s say what it is the name of', (yaml, beside) => expect(first(yaml).beside).toEqual(beside));
});

describe('a kind that comes with a cluster', () => {
  const claim = (name: string): string =>
    `{ apiVersion: v1, kind: PersistentVolumeClaim, metadata: { name: a }, spec: { storageClassName: ${name} } }`;
  const FAST = '---\n{ apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: { name: fast } }';

  it('is unknown until one of the kind is known', () => {
    expect(first(claim('slow')).resolution).toBe('unknown');
    expect(first(`${claim('slow')}\n${FAST}`).resolution).toBe('missing');
    expect(first(`${claim('fast')}\n${FAST}`).resolution).toBe('set');
  });

  const issuer = (kind: string): string =>
    `{ apiVersion: cert-manager.io/v1, kind: Certificate, metadata: { name: a }, spec: { issuerRef: { kind: ${kind}, name: ca } } }`;

  it('is not one that teams make themselves', () => {
    expect(first(issuer('ClusterIssuer')).resolution).toBe('unknown');
    expect(first(issuer('Issuer')).resolution).toBe('missing');
  });
});

test('a reference leads to the object itself, or to the one whose controller makes the target', () => {
  const pod = `{ apiVersion: v1, kind: Pod, metadata: { name: web, namespace: shop }, spec: { imagePullSecrets: [{ name: login }], containers: [{ name: web }] } }`;
  const secret = '{ apiVersion: v1, kind: Secret, metadata: { name: login, namespace: shop } }';
  const sealed =
    '{ apiVersion: bitnami.com/v1alpha1, kind: SealedSecret, metadata: { name: login, namespace: shop } }';
  expect(first(`${pod}\n---\n${secret}`).found?.id.kind).toBe('Secret');
  expect(first(`${pod}\n---\n${sealed}`).found?.id.kind).toBe('SealedSecret');
  expect(first(pod)).not.toHaveProperty('found');
  expect(first(pod)).not.toHaveProperty('part');
  expect(first(pod).from.id.name).toBe('web');
});

test('a cluster has one world and one graph, in which only its own objects refer to others', () => {
  const claim = (name: string) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace: 'shop' },
    spec: { volumeName: 'pv' },
  });
  const cluster = new Cluster(ManifestSet.of([claim('a')]), {}, { assume: ManifestSet.of([claim('b')]) });
  expect(worldOf(cluster)).toBe(worldOf(cluster));
  expect(referencesIn(cluster)).toBe(referencesIn(cluster));
  expect(referencesIn(cluster).references.map(({ from }) => from.id.name)).toEqual(['a']);
});

test('a profile given to references counts for every environment', () => {
  const yaml =
    '{ apiVersion: v1, kind: PersistentVolumeClaim, metadata: { name: a }, spec: { storageClassName: fast } }';
  const [found] = references(ManifestSet.parse(yaml), { profile: { storageClasses: ['fast'] } }).references;
  expect(found).toMatchObject({ resolution: 'builtin' });
});

test('a selector finds every object once, in the order of the set', () => {
  const yaml = `
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata: { name: a, namespace: shop }
spec: { selector: {}, namespaceSelector: { matchNames: [tools, shop, tools] } }
---
{ apiVersion: v1, kind: Pod, metadata: { name: web, namespace: shop }, spec: { containers: [{ name: web }] } }
---
{ apiVersion: v1, kind: Pod, metadata: { name: job, namespace: tools }, spec: { containers: [{ name: job }] } }
`;
  const [found] = references(ManifestSet.parse(yaml)).references;
  if (found?.type !== 'selects') throw new Error('no selection');
  expect(found.found.map(({ id }) => id.name)).toEqual(['web', 'job']);
});

test('one object refers to the same whether or not all are asked for', () => {
  const dist = join(__dirname, '..', '..', 'dist');
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.yaml'),
  );
  const set = ManifestSet.from(
    files.flatMap((name) => ManifestSet.parse(readFileSync(join(dist, name), 'utf8')).manifests),
  );
  const [one, all] = [referencesIn(new Cluster(set)), referencesIn(new Cluster(set))];
  const byObject = grouped(all.references, ({ from }) => from);
  for (const manifest of set) {
    expect(one.from(manifest)).toEqual(byObject.get(manifest) ?? []);
    expect(all.from(manifest)).toEqual(byObject.get(manifest) ?? []);
  }
  expect(one.references).toEqual(all.references);
});
