import { knownKind } from '../kube/custom/catalog';
import { AKS, aks, EKS, eks, generic, GKE, gke, K3S, k3s, KIND, kind } from './clouds';
import { PROVIDERS } from './cluster-profile';
import { nodePoolsOf } from './node-pools';
import { gatewayVersions } from './gateway-api';

const PROFILES = { eks, gke, aks, k3s, kind, generic };

test('each provider has a profile, and says which it is', () => {
  expect(Object.keys(PROFILES).toSorted()).toEqual([...PROVIDERS].toSorted());
  expect(Object.entries(PROFILES).filter(([name, of]) => of().provider !== name)).toEqual([]);
});

test.each(Object.entries(PROFILES))('%s takes what the user says instead', (_, of) => {
  const own = { kubernetes: '1.33', storageClasses: ['fast'], gatewayApi: { version: '1.2' } } as const;
  expect(of(own)).toMatchObject(own);
  expect(of(own).storageClasses).toEqual(['fast']);
});

test('each is dated, with sources', () => {
  for (const { asOf, sources } of [EKS, GKE, AKS, K3S, KIND]) {
    expect(asOf).toMatch(/^20\d\d-(0[1-9]|1[0-2])$/);
    expect(sources.filter((source) => !source.startsWith('https://'))).toEqual([]);
    expect(sources).not.toEqual([]);
  }
});

test.each([
  ['1.29', undefined],
  ['1.31', '1.1'],
  ['v1.34.2-gke.100', '1.4'],
  ['1.36', '1.5'],
])('the Gateway API of GKE %s is %s, in the standard channel', (kubernetes, version) => {
  const { gatewayApi } = gke({ kubernetes });
  expect(gatewayApi).toEqual({ ...(version !== undefined && { version }), channel: 'standard' });
});

test('the Gateway API of a profile is one that is known', () => {
  const releases = knownKind('gateway.networking.k8s.io', 'HTTPRoute')?.releases.map(
    ({ release }) => release,
  );
  expect(releases).toContain(gke({ kubernetes: '1.36' }).gatewayApi?.version);
  expect(gatewayVersions(gke({ kubernetes: '1.34' }).gatewayApi, 'TLSRoute')).toEqual([]);
  expect(gatewayVersions(gke({ kubernetes: '1.35' }).gatewayApi, 'TLSRoute')[0]).toBe('v1');
});

test.each([
  ['eks', eks, { 'eks.amazonaws.com/nodegroup': 'gpu' }],
  ['gke', gke, { 'cloud.google.com/gke-nodepool': 'gpu' }],
  ['aks', aks, { 'kubernetes.azure.com/agentpool': 'gpu' }],
  ['kind', kind, undefined],
] as const)('a node pool of %s without labels has that of the cloud', (_, of, labels) => {
  const own = { team: 'ml' };
  const pools = nodePoolsOf(of({ nodePools: [{ name: 'gpu' }, { name: 'own', labels: own }] }));
  expect(pools.map((pool) => pool.labels)).toEqual([labels, own]);
});
