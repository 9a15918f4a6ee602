import type { Rule } from '../../rule';
import { partMissing } from '../missing';

export const listenerMissing: Rule = {
  name: 'wiring/listener-missing',
  severity: 'error',
  about: 'Finds routes of a listener that their Gateway does not have.',
  why: 'The Gateway does not accept the route, so that nobody reaches what is behind it.',
  run: partMissing('listener', 'listener'),
};
