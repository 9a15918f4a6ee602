import type { PlainRecord } from '../../manifest/data';

/**
 * A placeholder for the address that the server allocates: from the block reserved for documentation (RFC 5737), so
 * that no Service uses it.
 */
export const ALLOCATED_IP = '192.0.2.1';

/** @source k8s.io/kubernetes pkg/registry/core/service/storage/storage.go needsClusterIP 1.36 */
export function needsClusterIp(spec: PlainRecord): boolean {
  return spec['type'] !== 'ExternalName';
}

/** @source k8s.io/kubernetes pkg/registry/core/service/storage/storage.go needsNodePort 1.36 */
export function needsNodePort(spec: PlainRecord): boolean {
  return spec['type'] === 'NodePort' || spec['type'] === 'LoadBalancer';
}

/** @source k8s.io/kubernetes pkg/api/service/util.go NeedsHealthCheck 1.36 */
export function needsHealthCheck(spec: PlainRecord): boolean {
  return spec['type'] === 'LoadBalancer' && spec['externalTrafficPolicy'] === 'Local';
}

export function isHeadless(spec: PlainRecord): boolean {
  return spec['clusterIP'] === 'None';
}
