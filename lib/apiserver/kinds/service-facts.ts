import type { PlainRecord } from '../../manifest/data';

/**
 * Stands for the address that the server gives a Service which names none: one out of the block that is kept for
 * documentation (RFC 5737), so that it is no Service's own.
 */
export const ALLOCATED_IP = '192.0.2.1';

export function needsClusterIp(spec: PlainRecord): boolean {
  return spec['type'] !== 'ExternalName';
}

export function needsNodePort(spec: PlainRecord): boolean {
  return spec['type'] === 'NodePort' || spec['type'] === 'LoadBalancer';
}

export function needsHealthCheck(spec: PlainRecord): boolean {
  return spec['type'] === 'LoadBalancer' && spec['externalTrafficPolicy'] === 'Local';
}

export function isHeadless(spec: PlainRecord): boolean {
  return spec['clusterIP'] === 'None';
}
