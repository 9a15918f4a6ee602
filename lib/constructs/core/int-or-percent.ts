import { intOrPercentProblem, parseIntOrPercent } from '../../kube/int-or-string';
import type { Reporter } from './problems';
import { shown } from './props';
import { anyOf, number, text } from './shapes';

/** A number, or a percentage such as `25%`. */
export const intOrPercent = anyOf<number | string>([number, text], {
  expected: 'a number or a percentage',
});

/** Reports what is neither a number of pods nor a percentage such as `25%`, or is more than `most` percent. */
export function checkIntOrPercent(
  value: number | string | undefined,
  path: string,
  report: Reporter,
  most = 100,
): void {
  if (value === undefined) return;
  const wrong = intOrPercentProblem(value);
  const share = parseIntOrPercent(value);
  if (wrong !== undefined)
    report({ code: 'INVALID_PROP', path, message: `Invalid value: ${shown(value)}: ${wrong}` });
  else if (share?.percent === true && share.value > most)
    report({
      code: 'INVALID_PROP',
      path,
      message: `Invalid value: ${shown(value)}: must not be more than ${most}%`,
    });
}
