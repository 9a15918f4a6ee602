import { Pattern } from '../../kube/pattern';
import type { ChartValue, ValueScalar } from '../../manifest/chart-value';

/** Renderings for one value: each runs the app once. */
const MOST = 4;

/** What the app is rendered with instead of the initial value, to see what depends on it: at least two things, where it can be. */
export function probesOf(value: ChartValue): readonly ValueScalar[] {
  const { initial, enum: all, examples = [] } = value;
  const candidates = all ?? (examples.length > 0 ? examples : madeUp(value));
  return [...new Set(candidates)].filter((each) => each !== initial).slice(0, MOST);
}

function madeUp(value: ChartValue): readonly ValueScalar[] {
  const { initial, minimum, maximum, pattern } = value;
  if (typeof initial === 'boolean') return [!initial];
  if (typeof initial === 'number') {
    const bounds = [maximum, minimum].filter((bound) => bound !== undefined);
    const less = isOpenBelow(value) ? lessThan(initial) : [];
    const others = [initial + 1, 2 * initial + 10].filter(
      (each) => each >= (minimum ?? -Infinity) && each <= (maximum ?? Infinity),
    );
    return [...bounds, ...less, ...others];
  }
  const texts = [otherText(initial, 1), otherText(initial, 2)];
  return pattern === undefined ? texts : texts.filter((each) => new Pattern(pattern).test(each));
}

/** Whether a value is a number, and nothing says how small it may be: what is tried below it finds that out. */
export function isOpenBelow({ initial, enum: all, examples = [], minimum }: ChartValue): boolean {
  return typeof initial === 'number' && all === undefined && examples.length === 0 && minimum === undefined;
}

/** Smaller numbers, the greatest first: what an app has of more than one of a thing goes at 1. */
function lessThan(initial: number): readonly number[] {
  if (!Number.isInteger(initial)) return [initial / 2];
  return initial === 1 ? [0] : [2, 1].filter((each) => each < initial);
}

/** A text of the same form, as far as can be: `v1.2.4` for `v1.2.3`, `xshop.example` for `shop.example`. */
function otherText(text: string, step: 1 | 2): string {
  const match = /^(.*)(\d)(\D*)$/s.exec(text);
  if (match === null) return text.replace(/^(\w+:\/\/)?/, (scheme) => `${scheme}${step === 1 ? 'x' : 'y'}`);
  const [, before = '', digit = '', after = ''] = match;
  return `${before}${((Number(digit) + step - 1) % 9) + 1}${after}`;
}
