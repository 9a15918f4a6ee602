import { parseDuration } from '../../kube/duration';
import type { TimeSchema } from '../../kube/schema';

/** A time in Kubernetes' format: UTC, to the second or the microsecond. */
export function canonicalTime(text: string, precision: TimeSchema['precision']): string {
  const milliseconds = Date.parse(text);
  if (Number.isNaN(milliseconds)) return text;
  const seconds = new Date(milliseconds).toISOString().slice(0, 19);
  if (precision === 'second') return `${seconds}Z`;
  const fraction = /[.,](\d{1,6})/.exec(text)?.[1] ?? '';
  return `${seconds}.${fraction.padEnd(6, '0')}Z`;
}

/** A duration of at least one second in Go's format: `1h30m0s`. Shorter ones, which no field needs, stay unchanged. */
export function canonicalDuration(text: string): string {
  const seconds = parseDuration(text);
  if (seconds === undefined || (seconds !== 0 && Math.abs(seconds) < 1)) return text;
  const sign = seconds < 0 ? '-' : '';
  const total = Math.abs(seconds);
  const [hours, minutes] = [Math.floor(total / 3600), Math.floor((total % 3600) / 60)];
  const rest = `${Number((total % 60).toFixed(9))}s`;
  if (hours > 0) return `${sign}${hours}h${minutes}m${rest}`;
  return minutes > 0 ? `${sign}${minutes}m${rest}` : `${sign}${rest}`;
}
