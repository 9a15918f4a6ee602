import { intOrPercentProblem, parseIntOrPercent } from '../../kube/int-or-string';
import type { Reporter } from './problems';
import { shown } from './props';

/** Tells of what is neither a number of pods nor a share of them, such as `25%`, or is more than `most` percent. */
export function checkShare(
  value: number | string | undefined,
  path: string,
  report: Reporter,
  most = 100,
): void {
  if (value === undefined) return;
  const wrong = intOrPercentProblem(value);
  const share = parseIntOrPercent(value);
  if (wrong !== undefined) report({ code: 'INVALID_PROP', path, message: `${shown(value)} ${wrong}` });
  else if (share?.percent === true && share.value > most)
    report({ code: 'INVALID_PROP', path, message: `${shown(value)} is more than ${most}%` });
}
