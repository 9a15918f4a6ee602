import type { Reporter } from '../../core/problems';
import { shown } from '../../core/props';
import type { AlertKind } from './alert';

/** Seconds of each unit of a duration of Prometheus (ParseDuration of prometheus/common): a year has 365 days. */
const SECONDS: Readonly<Record<string, number>> = {
  y: 31_536_000,
  w: 604_800,
  d: 86_400,
  h: 3600,
  m: 60,
  s: 1,
  ms: 0.001,
};

/** Units in their order, each at most once. */
const DURATION = /^(\d+y)?(\d+w)?(\d+d)?(\d+h)?(\d+m(?!s))?(\d+s)?(\d+ms)?$/;

/** A duration of Prometheus in seconds; `undefined` where `text` is none. */
export function parsePrometheusDuration(text: string): number | undefined {
  if (text === '0') return 0;
  if (text === '' || !DURATION.test(text)) return undefined;
  const seconds = [...text.matchAll(/(\d+)([a-z]+)/g)].map(
    ([, amount, unit = '']) => Number(amount) * (SECONDS[unit] ?? 0),
  );
  return Number(seconds.reduce((sum, each) => sum + each, 0).toPrecision(12));
}

/** A duration in seconds; reports anything else. */
export function readDuration(value: string, path: string, report: Reporter): number | undefined {
  const seconds = parsePrometheusDuration(value);
  if (seconds !== undefined) return seconds;
  const message = `Invalid value: ${shown(value)}: expected a duration of Prometheus`;
  report({
    code: 'INVALID_PROP',
    path,
    message,
    hint: "Durations look like '30s', '10m', '1h30m' or '21d'.",
  });
  return undefined;
}

/** A threshold as a number: a share of a percentage, the seconds of a duration. Reports what is of another unit. */
export function readThreshold(at: string | number, unit: AlertKind['unit'], report: Reporter): number {
  if (unit === 'duration')
    return typeof at === 'string'
      ? (readDuration(at, 'at', report) ?? 0)
      : wrong(at, 'a duration', "'500ms' or '21d'", report);
  if (unit === 'number') return typeof at === 'number' && at >= 0 ? at : wrong(at, 'a number', '3', report);
  const share = typeof at === 'string' ? /^(\d{1,4}(?:\.\d{1,6})?)%$/.exec(at)?.[1] : undefined;
  // A division alone would write 33.3% as 0.33299999999999996.
  if (share !== undefined) return Number((Number(share) / 100).toPrecision(12));
  return wrong(at, 'a percentage', "'85%' or '0.5%'", report);
}

function wrong(at: unknown, expected: string, example: string, report: Reporter): number {
  const message = `Invalid value: ${shown(at)}: expected ${expected}`;
  report({ code: 'INVALID_PROP', path: 'at', message, hint: `Write it as ${example}.` });
  return 0;
}
