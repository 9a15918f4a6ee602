import type { Rule } from '../../rule';
import { partMissing } from '../missing';

export const servicePortMissing: Rule = {
  name: 'wiring/service-port-missing',
  severity: 'error',
  about:
    'Finds Ingresses, routes and webhooks that lead to a port which their Service does not have, by name or number.',
  why: 'The controller has no address to send requests to, and answers with an error.',
  run: partMissing('port', 'port'),
};
