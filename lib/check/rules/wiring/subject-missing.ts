import type { Rule } from '../../rule';
import { targetMissing } from '../missing';

export const subjectMissing: Rule = {
  name: 'wiring/subject-missing',
  severity: 'error',
  about: 'Finds bindings for a ServiceAccount that is not there.',
  why: 'The account that was meant gets no access, and whoever makes one of that name does.',
  run: targetMissing('subject'),
};
