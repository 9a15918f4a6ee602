import type { Rule } from '../../rule';
import { targetMissing } from '../missing';

export const priorityClassMissing: Rule = {
  name: 'wiring/priority-class-missing',
  severity: 'error',
  about: 'Finds pods of a PriorityClass that is not there.',
  why: 'The API server refuses to create the pods, and the workload stays without any.',
  run: targetMissing('priority-class'),
};
