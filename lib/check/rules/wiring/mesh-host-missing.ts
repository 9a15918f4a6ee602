import type { Rule } from '../../rule';
import { targetMissing } from '../missing';

export const meshHostMissing: Rule = {
  name: 'wiring/mesh-host-missing',
  severity: 'error',
  about: 'Finds routes and rules of Istio for the host of a Service that is not there.',
  why: 'The proxies answer requests for it with the status 503.',
  run: targetMissing('mesh-host'),
};
