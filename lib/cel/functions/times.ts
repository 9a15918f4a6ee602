import { civil } from '../values/time';
import type { Duration, Timestamp } from '../values/time';
import { CelError } from '../values/value';
import type { Result } from '../values/value';
import type { Overload } from './overload';
import { functions, overload } from './overload';

/** The parts of a point in time in one time zone. */
interface Local {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
  readonly millis: number;
}

function utc(date: Date): Local {
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth(),
    day: date.getUTCDate(),
    weekday: date.getUTCDay(),
    hours: date.getUTCHours(),
    minutes: date.getUTCMinutes(),
    seconds: date.getUTCSeconds(),
    millis: date.getUTCMilliseconds(),
  };
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat | undefined {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  try {
    const made = new Intl.DateTimeFormat('en-US-u-hc-h23', {
      timeZone: zone,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      era: 'short',
    });
    formats.set(zone, made);
    return made;
  } catch {
    return undefined;
  }
}

/** The local time in a zone, by its name (`Europe/Zurich`) or its UTC offset (`-08:00`). */
function local(date: Date, zone: string): Local | CelError {
  const offset = /^([+-]?)(\d{1,3}):(\d{1,3})$/.exec(zone);
  if (offset !== null) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3]);
    return utc(new Date(date.getTime() + (offset[1] === '-' ? -1 : 1) * minutes * 60_000));
  }
  if (zone === '' || zone === 'UTC') return utc(date);
  const format = /^[A-Za-z][A-Za-z0-9_+/-]*$/.test(zone) ? formatOf(zone) : undefined;
  if (format === undefined) return new CelError(`there is no time zone ${JSON.stringify(zone)}`);
  const parts = Object.fromEntries(format.formatToParts(date).map(({ type, value }) => [type, value]));
  const [year, month, day] = [Number(parts['year']), Number(parts['month']), Number(parts['day'])];
  return {
    year,
    month: month - 1,
    day,
    weekday: new Date(civil(year, month, day) ?? 0).getUTCDay(),
    hours: Number(parts['hour']),
    minutes: Number(parts['minute']),
    seconds: Number(parts['second']),
    millis: date.getUTCMilliseconds(),
  };
}

function dayOfYear({ year, month, day }: Local): number {
  return ((civil(year, month + 1, day) ?? 0) - (civil(year, 1, 1) ?? 0)) / 86_400_000;
}

/** A part of a timestamp, in UTC and in a zone. */
function part(id: string, pick: (local: Local) => number, zonedId = `${id}_with_tz`): [Overload, Overload] {
  const result = (at: Local | CelError): Result => (at instanceof CelError ? at : BigInt(pick(at)));
  return [
    overload<[Timestamp]>(id, 'timestamp.(): int', ({ date }) => result(utc(date))),
    overload<[Timestamp, string]>(zonedId, 'timestamp.(string): int', ({ date }, zone) =>
      result(local(date, zone)),
    ),
  ];
}

/** A duration as an integer number of a unit. */
function whole(id: string, nanos: bigint, within?: bigint): Overload {
  return overload<[Duration]>(id, 'duration.(): int', (duration) => {
    const count = duration.nanos / nanos;
    return within === undefined ? count : count % within;
  });
}

/**
 * Months, weekdays and days of the year start at zero; days of the month start at zero in one function and at one in
 * the other.
 */
export const TIMES = functions({
  getFullYear: part('timestamp_to_year', ({ year }) => year),
  getMonth: part('timestamp_to_month', ({ month }) => month),
  getDate: part('timestamp_to_day_of_month_1_based', ({ day }) => day),
  getDayOfMonth: part('timestamp_to_day_of_month', ({ day }) => day - 1),
  getDayOfWeek: part('timestamp_to_day_of_week', ({ weekday }) => weekday),
  getDayOfYear: part('timestamp_to_day_of_year', dayOfYear),
  getHours: [
    ...part('timestamp_to_hours', ({ hours }) => hours),
    whole('duration_to_hours', 3_600_000_000_000n),
  ],
  getMinutes: [
    ...part('timestamp_to_minutes', ({ minutes }) => minutes),
    whole('duration_to_minutes', 60_000_000_000n),
  ],
  getSeconds: [
    ...part('timestamp_to_seconds', ({ seconds }) => seconds, 'timestamp_to_seconds_tz'),
    whole('duration_to_seconds', 1_000_000_000n),
  ],
  getMilliseconds: [
    ...part('timestamp_to_milliseconds', ({ millis }) => millis),
    whole('duration_to_milliseconds', 1_000_000n),
  ],
});
