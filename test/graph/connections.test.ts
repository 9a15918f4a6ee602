import { connections, networksOf } from '../../lib/graph/connections';
import { ManifestSet } from '../../lib/manifest/set';

const labels = (app: string) => ({ app });

const pod = (
  name: string,
  namespace = 'shop',
  ports: object[] = [{ name: 'http', containerPort: 8080 }],
) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace, labels: labels(name) },
  spec: { containers: [{ name: 'main', image: 'x', ports }] },
});

const policy = (spec: object, namespace = 'shop') => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'policy', namespace },
  spec,
});

const ns = (name: string, more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels: more },
});

const toApi = (rules: object) => policy({ podSelector: { matchLabels: labels('api') }, ...rules });

/** The allowed connections as `web → api:8080`. */
function allowed(...objects: object[]): string[] {
  return connections(ManifestSet.of(objects)).map(
    ({ from, to, port, protocol }) =>
      `${from.id.name} → ${to.id.name}:${port}${protocol === 'TCP' ? '' : protocol}`,
  );
}

test('without policies every pod reaches every port', () => {
  expect(allowed(pod('api'), pod('web'))).toEqual(['web → api:8080', 'api → web:8080']);
});

test('a pod that is isolated lets in whom a rule names', () => {
  const rules = { ingress: [{ from: [{ podSelector: { matchLabels: labels('web') } }] }] };
  expect(allowed(pod('api'), pod('web'), pod('job'), toApi(rules))).toEqual([
    'web → api:8080',
    'api → web:8080',
    'job → web:8080',
    'api → job:8080',
    'web → job:8080',
  ]);
});

test('a policy without rules lets nobody in, and leaves egress alone', () => {
  expect(allowed(pod('api'), pod('web'), toApi({}))).toEqual(['api → web:8080']);
});

test('egress and ingress have to agree', () => {
  const out = policy({ podSelector: { matchLabels: labels('web') }, policyTypes: ['Egress'] });
  expect(allowed(pod('api'), pod('web'), toApi({ ingress: [{}] }), out)).toEqual(['api → web:8080']);
});

test('ports are told by number, range, name and protocol', () => {
  const api = pod('api', 'shop', [
    { name: 'http', containerPort: 8080 },
    { name: 'dns', containerPort: 53, protocol: 'UDP' },
    { containerPort: 9000 },
    { containerPort: 9005 },
  ]);
  const through = (...ports: object[]) =>
    allowed(api, pod('web', 'shop', []), toApi({ ingress: [{ ports }] }));
  expect(through({ port: 8080 })).toEqual(['web → api:8080']);
  expect(through({ port: 'http' })).toEqual(['web → api:8080']);
  expect(through({ port: 9000, endPort: 9004 })).toEqual(['web → api:9000']);
  expect(through({ port: 53 })).toEqual([]);
  expect(through({ protocol: 'UDP', port: 'dns' })).toEqual(['web → api:53UDP']);
  expect(through({ port: 'grpc' })).toEqual([]);
});

test('a pod selector alone means the own namespace, a namespace selector all pods of others', () => {
  const web = pod('web', 'front');
  const api = pod('api');
  const from = (peer: object) =>
    allowed(api, web, ns('front', { team: 'web' }), toApi({ ingress: [{ from: [peer] }] }));
  expect(from({ podSelector: {} })).not.toContain('web → api:8080');
  expect(from({ namespaceSelector: { matchLabels: { team: 'web' } } })).toContain('web → api:8080');
  expect(from({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'front' } } })).toContain(
    'web → api:8080',
  );
  expect(from({ namespaceSelector: {}, podSelector: { matchLabels: labels('other') } })).not.toContain(
    'web → api:8080',
  );
});

test('blocks are for addresses outside of the cluster', () => {
  const block = { cidr: '203.0.113.0/24', except: ['203.0.113.128/25'] };
  const objects = [pod('api'), toApi({ ingress: [{ from: [{ ipBlock: block }] }] })];
  const [network] = networksOf(ManifestSet.of(objects));
  const [api] = network?.pods ?? [];
  const from = (ip: string) =>
    api !== undefined && network?.allows({ ip }, api, { port: 8080, protocol: 'TCP' });
  expect([from('203.0.113.7'), from('203.0.113.200'), from('198.51.100.1')]).toEqual([true, false, false]);
});

test('pods of two environments have no connection, and the policies of one are not for the other', () => {
  const inEnvironment = (environment: string, ...objects: object[]) =>
    [...ManifestSet.of(objects)].map((manifest) => ({ ...manifest, origin: { environment } }));
  const set = ManifestSet.from([
    ...inEnvironment('staging', pod('api'), pod('web')),
    ...inEnvironment('production', pod('api'), pod('web'), toApi({})),
  ]);
  const found = connections(set).map(
    ({ from, to }) => `${from.origin?.environment} ${from.id.name} → ${to.origin?.environment} ${to.id.name}`,
  );
  expect(found).toEqual([
    'production api → production web',
    'staging web → staging api',
    'staging api → staging web',
  ]);
});
