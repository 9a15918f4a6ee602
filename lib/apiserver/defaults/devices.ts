import type { Plain } from './plain';

/** One device, unless the request says otherwise. */
export function deviceRequest(request: Plain): void {
  request['allocationMode'] ??= 'ExactCount';
  if (request['allocationMode'] === 'ExactCount') request['count'] ??= 1;
}
