const NANOSECONDS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3, // U+00B5, the micro sign
  μs: 1e3, // U+03BC, the Greek letter
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

const TERM = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/gy;
const MAX_INT64 = 2 ** 63;

/**
 * A Go duration such as `1h30m` or `300ms` in seconds; undefined when `text` is not a duration.
 *
 * Source: time.ParseDuration of Go, which reads `metav1.Duration` and the `@every` of a CronJob; it counts nanoseconds
 * in an int64, so the longest duration is about 292 years.
 */
export function parseDuration(text: string): number | undefined {
  const sign = text.startsWith('-') ? -1 : 1;
  const unsigned = text.replace(/^[-+]/, '');
  if (unsigned === '0') return 0;
  let nanoseconds = 0;
  let end = 0;
  for (const [term, amount = '', unit = ''] of unsigned.matchAll(TERM)) {
    nanoseconds += Number(amount) * (NANOSECONDS[unit] ?? 0);
    end += term.length;
  }
  if (end === 0 || end < unsigned.length || nanoseconds >= MAX_INT64) return undefined;
  return (sign * nanoseconds) / 1e9;
}
