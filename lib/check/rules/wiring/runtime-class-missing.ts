import type { Rule } from '../../rule';
import { targetMissing } from '../missing';

export const runtimeClassMissing: Rule = {
  name: 'wiring/runtime-class-missing',
  severity: 'error',
  about: 'Finds pods of a RuntimeClass that is not there.',
  why: 'The API server refuses to create the pods, and the workload stays without any.',
  run: targetMissing('runtime-class'),
};
