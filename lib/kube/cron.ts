import { nearest, oneOf } from '../errors';
import { atLeast } from './at-least';
import { parseDuration } from './duration';
import { latestRelease } from './schema/release';
import type { KubernetesRelease } from './schema/release';
import { isTimeZone, timeZones } from './time-zones';

interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const FIELDS: readonly Field[] = [
  { name: 'minute', min: 0, max: 59 },
  { name: 'hour', min: 0, max: 23 },
  { name: 'day of the month', min: 1, max: 31 },
  { name: 'month', min: 1, max: 12, names: MONTHS },
  { name: 'day of the week', min: 0, max: 6, names: WEEKDAYS },
];

const DESCRIPTORS = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'];
const EVERY = '@every ';

/** The characters that Go's strings.Fields splits on; JavaScript's `\s` is a different set. */
const SPACE = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;

/** Go parses numbers as int64. */
const MAX_INT64 = 2 ** 63 - 1;

/**
 * What is wrong with `spec.schedule` of a CronJob; undefined when the API server accepts it.
 *
 * The API server checks a schedule with the parser that the controller uses. Since 1.29 the schedule of a new CronJob
 * cannot name a time zone. This check is as lenient as that parser, so a schedule that works today is not rejected.
 *
 * @source github.com/robfig/cron/v3 parser.go ParseStandard 1.36
 * @source k8s.io/kubernetes pkg/apis/batch/validation/validation.go validateScheduleFormat 1.36
 */
export function scheduleProblem(
  schedule: string,
  kubernetes: KubernetesRelease = latestRelease,
): string | undefined {
  if (schedule === '') return 'must not be empty';
  const zoned = /^(?:CRON_)?TZ=([^ ]*) +(.*)$/s.exec(schedule);
  if (schedule.includes('TZ') && (atLeast(kubernetes, '1.29') || zoned === null))
    return 'must not name a time zone with TZ= or CRON_TZ=: use spec.timeZone';
  if (zoned !== null) return timeZoneProblem(zoned[1] ?? '') ?? entriesProblem(zoned[2] ?? '');
  return entriesProblem(schedule);
}

/**
 * What is wrong with `spec.timeZone` of a CronJob; undefined when it is a zone in the IANA database.
 *
 * The names come from a table in this package and not from Intl, whose names depend on the version of Node: a check
 * that passes here must pass everywhere. Names are case-sensitive, as for Go on Linux.
 *
 * @source k8s.io/kubernetes pkg/apis/batch/validation/validation.go validateTimeZone 1.36
 */
export function timeZoneProblem(zone: string): string | undefined {
  if (isTimeZone(zone)) return undefined;
  if (zone.toLowerCase() === 'local')
    return 'must be a time zone of the IANA database, such as Europe/Berlin, and not "Local"';
  const guess = nearest(zone, timeZones());
  return `must be a time zone of the IANA database, such as Europe/Berlin${guess === undefined ? '' : ` (did you mean ${guess}?)`}`;
}

function entriesProblem(schedule: string): string | undefined {
  if (schedule.startsWith('@')) return descriptorProblem(schedule);
  const entries = schedule.split(SPACE).filter((entry) => entry !== '');
  if (entries.length !== FIELDS.length)
    return `must have five fields (minute, hour, day of the month, month, day of the week), and has ${entries.length}`;
  for (const [i, field] of FIELDS.entries()) {
    // Empty parts of a list are ignored, even when there is no other part.
    const ranges = (entries[i] ?? '').split(',').filter((range) => range !== '');
    for (const range of ranges) {
      const problem = rangeProblem(range, field);
      if (problem !== undefined) return `the ${field.name} "${range}" ${problem}`;
    }
  }
  return undefined;
}

function descriptorProblem(schedule: string): string | undefined {
  if (DESCRIPTORS.includes(schedule)) return undefined;
  if (!schedule.startsWith(EVERY)) {
    const guess = nearest(schedule, DESCRIPTORS);
    const suggestion = guess === undefined ? '' : `: did you mean "${guess}"?`;
    return `must be five fields, ${oneOf([...DESCRIPTORS, '@every and a duration'])}${suggestion}`;
  }
  if (parseDuration(schedule.slice(EVERY.length)) !== undefined) return undefined;
  return 'must have a duration such as 1h30m after "@every"';
}

/** Checks `*`, `?`, `5`, `mon`, `1-5` and each of them with a step: `10-40/15`. */
function rangeProblem(range: string, { min, max, names }: Field): string | undefined {
  const [span = '', step, ...more] = range.split('/');
  if (more.length > 0) return 'must have at most one "/"';
  if (step !== undefined && !((numberOf(step) ?? 0) > 0)) return 'must have a step of at least 1 after "/"';
  const [low = '', high, ...further] = span.split('-');
  // A wildcard means the whole range, even if a range follows it.
  if (low === '*' || low === '?') return undefined;
  if (further.length > 0) return 'must have at most one "-"';
  const from = numberOf(low, min, names);
  const to = high === undefined ? from : numberOf(high, min, names);
  const expected = names === undefined ? '' : ` or ${names[0]} to ${names.at(-1)}`;
  if (from === undefined || to === undefined || from < min || to > max)
    return `must be within ${min} to ${max}${expected}`;
  return from > to ? 'must not end before it begins' : undefined;
}

/** `text` as an integer, or the value of the name in it. */
function numberOf(text: string, first = 0, names: readonly string[] = []): number | undefined {
  const named = names.indexOf(text.toLowerCase());
  if (named >= 0) return first + named;
  return /^\+?\d+$/.test(text) && Number(text) <= MAX_INT64 ? Number(text) : undefined;
}
