import type { Rule } from '../../rule';
import { targetMissing } from '../missing';

export const endpointsServiceMissing: Rule = {
  name: 'wiring/endpoints-service-missing',
  severity: 'error',
  about: 'Finds EndpointSlices of a Service that is not there.',
  why: 'Nobody uses addresses that belong to no Service.',
  run: targetMissing('endpoints-service'),
};
