import { gatewayVersions } from './gateway-api';

const of = (kind: string, version?: string, channel: 'standard' | 'experimental' = 'standard') =>
  gatewayVersions({ ...(version !== undefined && { version }), channel }, kind);

// The release notes of the Gateway API name when a kind becomes standard, and when a version of it is served.
test.each([
  ['HTTPRoute', '1.0', ['v1', 'v1beta1']],
  ['GRPCRoute', '1.0', []],
  ['GRPCRoute', '1.1', ['v1']],
  ['ReferenceGrant', '1.4', ['v1beta1']],
  ['ReferenceGrant', '1.5', ['v1', 'v1beta1']],
  ['TLSRoute', '1.4', []],
  ['TLSRoute', '1.5', ['v1']],
  ['BackendTLSPolicy', '1.3', []],
  ['BackendTLSPolicy', '1.4', ['v1']],
  ['TCPRoute', '1.5', []],
  ['TCPRoute', '1.6', ['v1']],
  ['UDPRoute', '1.6', ['v1']],
  ['UDPRoute', undefined, ['v1']],
])('the standard channel has %s of release %s as %j', (kind, version, versions) => {
  expect(of(kind, version)).toEqual(versions);
});

test('the experimental channel has more kinds, in versions that are not stable', () => {
  expect(of('TLSRoute', '1.4', 'experimental')).toEqual(['v1alpha3', 'v1alpha2']);
  expect(of('TCPRoute', '1.5', 'experimental')).toEqual(['v1alpha2']);
});

test('a cluster of which nothing is said has the newest release, with all kinds', () => {
  expect(gatewayVersions(undefined, 'UDPRoute')[0]).toBe('v1');
  expect(gatewayVersions(undefined, 'FTPRoute')).toEqual([]);
});
