import { formatId } from '../../../manifest/manifest';
import type { Finding } from '../../../check/finding';
import { forEachStep, type Step } from '../rule';
import { told, type Told } from '../told';

export const rejected = forEachStep({
  kind: 'rejected',
  about: 'The API server rejects an object.',
  effects: ['rejected'],
  look(step, _, report) {
    report('error', sentence(step));
  },
});

function sentence({ change: { id, reasons = [], before } }: Step): Told | string {
  const [first, ...more] = reasons;
  const outcome = before === undefined ? 'which is not created' : 'which stays unchanged';
  const head = `The API server rejects ${formatId(id)}, ${outcome}`;
  if (first === undefined) return `${head}.`;
  const rest =
    more.length === 0
      ? ''
      : { full: more.map((reason) => `; ${inWords(reason)}`).join(''), brief: `, and ${more.length} more` };
  const hint = first.hint === undefined ? '' : ` ${first.hint}`;
  return told`${head}: ${inWords(first)}${rest}.${hint}`;
}

function inWords({ path, message }: Finding): string {
  return path === '' ? message : `${path}: ${message}`;
}
