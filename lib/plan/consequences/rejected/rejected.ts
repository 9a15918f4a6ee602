import { formatId } from '../../../manifest/manifest';
import { forEachStep, type Step } from '../rule';

export const rejected = forEachStep({
  kind: 'rejected',
  about: 'The API server rejects an object.',
  effects: ['rejected'],
  look(step, _, report) {
    report('error', sentence(step));
  },
});

function sentence({ change: { id, reasons = [], before } }: Step): string {
  const [first, ...more] = reasons;
  const outcome = before === undefined ? 'which is not created' : 'which stays unchanged';
  const head = `The API server rejects ${formatId(id)}, ${outcome}`;
  if (first === undefined) return `${head}.`;
  const where = first.path === '' ? '' : `${first.path}: `;
  const rest = more.length === 0 ? '' : `, and ${more.length} more`;
  const hint = first.hint === undefined ? '' : ` ${first.hint}`;
  return `${head}: ${where}${first.message}${rest}.${hint}`;
}
