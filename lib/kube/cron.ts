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

/** What Go's strings.Fields splits on; JavaScript's `\s` is another set. */
const SPACE = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;

/** Go parses numbers as int64. */
const MAX_INT64 = 2 ** 63 - 1;

/**
 * What is wrong with `spec.schedule` of a CronJob; nothing when the API server takes it.
 *
 * The API server checks a schedule with the parser that the controller runs it with. Since 1.29 a new CronJob cannot
 * name a time zone in it. This check is as lenient as theirs, so that what runs today is not refused.
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
    return 'must not name a time zone with TZ= or CRON_TZ=: that is what timeZone is for';
  if (zoned !== null) return timeZoneProblem(zoned[1] ?? '') ?? entriesProblem(zoned[2] ?? '');
  return entriesProblem(schedule);
}

/**
 * What is wrong with `spec.timeZone` of a CronJob; nothing when it is a zone of the IANA database.
 *
 * The names are a table of ours, not Intl's: those depend on the Node at hand, and a check that passes here has to pass
 * everywhere. Letter case counts, as it does for Go on Linux.
 *
 * @source k8s.io/kubernetes pkg/apis/batch/validation/validation.go validateTimeZone 1.36
 */
export function timeZoneProblem(zone: string): string | undefined {
  if (isTimeZone(zone)) return undefined;
  if (zone.toLowerCase() === 'local')
    return 'must be a time zone of the IANA database, such as Europe/Berlin; "Local" says nothing';
  const guess = nearest(zone, timeZones());
  return `must be a time zone of the IANA database, such as Europe/Berlin${guess === undefined ? '' : ` (did you mean ${guess}?)`}`;
}

function entriesProblem(schedule: string): string | undefined {
  if (schedule.startsWith('@')) return descriptorProblem(schedule);
  const entries = schedule.split(SPACE).filter((entry) => entry !== '');
  if (entries.length !== FIELDS.length)
    return `must have five fields (minute, hour, day of the month, month, day of the week), and has ${entries.length}`;
  for (const [i, field] of FIELDS.entries()) {
    // Empty parts of a list count for nothing, even when there is no other.
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

/** Judges `*`, `?`, `5`, `mon`, `1-5` and each of them with a step: `10-40/15`. */
function rangeProblem(range: string, { min, max, names }: Field): string | undefined {
  const [span = '', step, ...more] = range.split('/');
  if (more.length > 0) return 'must have at most one "/"';
  if (step !== undefined && !((numberOf(step) ?? 0) > 0)) return 'must have a step of at least 1 after "/"';
  const [low = '', high, ...further] = span.split('-');
  // A wildcard stands for the whole range, even if a range follows it.
  if (low === '*' || low === '?') return undefined;
  if (further.length > 0) return 'must have at most one "-"';
  const from = numberOf(low, min, names);
  const to = high === undefined ? from : numberOf(high, min, names);
  const expected = names === undefined ? '' : ` or ${names[0]} to ${names.at(-1)}`;
  if (from === undefined || to === undefined || from < min || to > max)
    return `must be within ${min} to ${max}${expected}`;
  return from > to ? 'must not end before it begins' : undefined;
}

/** The whole number that `text` is, or the value of the name that it is. */
function numberOf(text: string, first = 0, names: readonly string[] = []): number | undefined {
  const named = names.indexOf(text.toLowerCase());
  if (named >= 0) return first + named;
  return /^\+?\d+$/.test(text) && Number(text) <= MAX_INT64 ? Number(text) : undefined;
}
