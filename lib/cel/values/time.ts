import { CelError, INT_MAX, INT_MIN } from './scalar';

export const SECOND = 1_000_000_000n;

/** 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z, in seconds since 1970: the range of the language definition. */
export const FIRST_SECOND = -62135596800n;
const LAST_SECOND = 253402300799n;

/** A duration in nanoseconds with 64 bits, as in Go. */
export class Duration {
  readonly nanos: bigint;

  constructor(nanos: bigint) {
    this.nanos = nanos;
  }
}

/** A point in time, in nanoseconds since 1970 in UTC. */
export class Timestamp {
  readonly nanos: bigint;

  constructor(nanos: bigint) {
    this.nanos = nanos;
  }

  get seconds(): bigint {
    return floorDivide(this.nanos, SECOND);
  }

  get date(): Date {
    return new Date(Number(floorDivide(this.nanos, 1_000_000n)));
  }
}

export function floorDivide(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value < 0n && value % by !== 0n ? quotient - 1n : quotient;
}

export function duration(nanos: bigint): Duration | CelError {
  return nanos < INT_MIN || nanos > INT_MAX ? new CelError('duration overflow') : new Duration(nanos);
}

export function timestamp(nanos: bigint): Timestamp | CelError {
  const value = new Timestamp(nanos);
  return value.seconds < FIRST_SECOND || value.seconds > LAST_SECOND
    ? new CelError('timestamp overflow')
    : value;
}

const RFC3339 = /^(\d{4})-(\d{2})-(\d{2})T(\d{1,2}):(\d{2}):(\d{2})(?:[.,](\d+))?(Z|[+-]\d{2}:\d{2})$/;

/** Parses `2024-05-01T12:00:00.5+02:00`. */
export function parseTimestamp(text: string): Timestamp | CelError {
  const wrong = new CelError(`${JSON.stringify(text)} is not a time as RFC 3339 writes it`);
  const match = RFC3339.exec(text);
  if (match === null) return wrong;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (hour > 23 || minute > 59 || second > 59) return wrong;
  const millis = civil(year, month, day);
  const zone = zoneSeconds(match[8] ?? 'Z');
  if (millis === undefined || zone === undefined) return wrong;
  const seconds = BigInt(millis / 1000 + hour * 3600 + minute * 60 + second - zone);
  const fraction = BigInt((match[7] ?? '').slice(0, 9).padEnd(9, '0'));
  return timestamp(seconds * SECOND + fraction);
}

/** Milliseconds from 1970 to the beginning of a day; undefined for a day that does not exist. */
export function civil(year: number, month: number, day: number): number | undefined {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() : undefined;
}

function zoneSeconds(text: string): number | undefined {
  if (text === 'Z') return 0;
  const [hours, minutes] = [Number(text.slice(1, 3)), Number(text.slice(4))];
  if (hours > 24 || minutes > 60) return undefined;
  return (text.startsWith('-') ? -1 : 1) * (hours * 3600 + minutes * 60);
}

export function formatTimestamp({ nanos, seconds, date }: Timestamp): string {
  const fraction = nanos - seconds * SECOND;
  const digits = fraction === 0n ? '' : `.${String(fraction).padStart(9, '0').replace(/0+$/, '')}`;
  return date.toISOString().replace(/\.\d+Z$/, `${digits}Z`);
}

const UNITS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: SECOND,
  m: 60n * SECOND,
  h: 3600n * SECOND,
};

/** Parses a duration in Go's format: `1h30m`, `-1.5s`, `0`. */
export function parseDuration(text: string): Duration | CelError {
  const wrong = new CelError(`${JSON.stringify(text)} is not a duration`);
  const match = /^([+-]?)(.*)$/s.exec(text);
  const rest = match?.[2] ?? '';
  if (rest === '0') return new Duration(0n);
  if (!/^(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/.test(rest)) return wrong;
  let nanos = 0n;
  for (const part of rest.matchAll(/(\d*)(?:\.(\d*))?(ns|us|µs|μs|ms|s|m|h)/g)) {
    const unit = UNITS[part[3] ?? ''] ?? 0n;
    const fraction = (part[2] ?? '').slice(0, 18);
    nanos += BigInt(part[1] === '' ? '0' : (part[1] ?? '0').slice(0, 40)) * unit;
    if (fraction !== '') nanos += (BigInt(fraction) * unit) / 10n ** BigInt(fraction.length);
    if (nanos > -INT_MIN) return wrong;
  }
  const signed = match?.[1] === '-' ? -nanos : nanos;
  return signed > INT_MAX ? wrong : new Duration(signed);
}

/** Formats a duration as CEL does, in seconds with their fraction: `5400s`, `1.5s`. */
export function formatDuration({ nanos }: Duration): string {
  const size = nanos < 0n ? -nanos : nanos;
  const fraction = size % SECOND;
  const digits = fraction === 0n ? '' : `.${String(fraction).padStart(9, '0').replace(/0+$/, '')}`;
  return `${nanos < 0n ? '-' : ''}${size / SECOND}${digits}s`;
}
