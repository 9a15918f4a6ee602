import type { Rule } from '../../rule';
import { partMissing } from '../missing';

export const meshSubsetMissing: Rule = {
  name: 'wiring/mesh-subset-missing',
  severity: 'error',
  about: 'Finds routes of Istio to a subset that no DestinationRule describes.',
  why: 'The proxies answer requests for it with the status 503.',
  run: partMissing('subset', 'subset'),
};
