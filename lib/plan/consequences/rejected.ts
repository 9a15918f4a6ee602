import { formatId } from '../../manifest/manifest';
import type { ConsequenceRule, Step } from './rule';

export const rejected: ConsequenceRule = {
  name: 'rejected',
  about: 'The API server refuses the object, with the fields that it refuses and the way out.',
  run({ steps }, report) {
    for (const step of steps) {
      if (step.change.effect === 'rejected') report(step, 'error', sentence(step));
    }
  },
};

function sentence({ change: { id, reasons = [], before } }: Step): string {
  const [first, ...more] = reasons;
  if (first === undefined) return `The API server refuses ${formatId(id)}.`;
  const where = first.path === '' ? 'it' : first.path;
  const rest = more.length === 0 ? '' : `, and for ${more.length} more`;
  const left = before === undefined ? 'it is not created' : 'it stays as it is';
  const hint = first.hint === undefined ? '' : ` ${first.hint}`;
  return `The API server refuses ${formatId(id)}, and ${left}: ${where} ${first.message}${rest}.${hint}`;
}
