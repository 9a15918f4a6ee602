import type { Plain } from './plain';

/**
 * One device, unless the request sets a count or another mode.
 *
 * @source k8s.io/kubernetes pkg/apis/resource/v1/defaults.go SetDefaults_ExactDeviceRequest 1.36
 */
export function deviceRequest(request: Plain): void {
  request['allocationMode'] ??= 'ExactCount';
  if (request['allocationMode'] === 'ExactCount') request['count'] ??= 1;
}
