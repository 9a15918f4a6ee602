import * as fc from 'fast-check';
import { scheduleProblem, timeZoneProblem } from '../../lib/kube/cron';

// Each was put to ParseStandard of robfig/cron v3.0.1.
test.each([
  '* * * * *',
  '0 3 * * *',
  '*/15 0-23/2 1,15 jan-mar MON-FRI',
  '? ? ? ? ?',
  '5/10 * * * *',
  '  0\t3  * * * ',
  '07 +3 * * *',
  '0 0 31 2 *',
  '*-5 * * * *',
  ', * * * *',
  '0,,30 * * * *',
  '*/9223372036854775807 * * * *',
  '@yearly',
  '@annually',
  '@monthly',
  '@weekly',
  '@daily',
  '@midnight',
  '@hourly',
  '@every 1h30m',
  '@every 90s',
  '@every -1.5h',
  '@every 0',
])('%p is a schedule', (schedule) => {
  expect(scheduleProblem(schedule)).toBeUndefined();
});

test.each([
  ['', 'must not be empty'],
  ['* * * *', /five fields.*and has 4$/],
  ['0 0 3 * * *', /five fields.*and has 6$/],
  ['   ', /and has 0$/],
  ['60 * * * *', 'the minute "60" must be within 0 to 59'],
  ['* 24 * * *', 'the hour "24" must be within 0 to 23'],
  ['* * 0 * *', 'the day of the month "0" must be within 1 to 31'],
  ['* * * 13 *', 'the month "13" must be within 1 to 12 or jan to dec'],
  ['* * * * 7', 'the day of the week "7" must be within 0 to 6 or sun to sat'],
  ['* * * * monday', /the day of the week "monday"/],
  ['mon * * * *', /the minute "mon"/],
  ['5-1 * * * *', 'the minute "5-1" must not end before it begins'],
  ['* * * * fri-mon', /must not end before it begins/],
  ['1-2-3 * * * *', /at most one "-"/],
  ['*/2/3 * * * *', /at most one "\/"/],
  ['*/0 * * * *', /step of at least 1/],
  ['*/9300000000000000000 * * * *', /step of at least 1/],
  ['*/ * * * *', /step of at least 1/],
  ['*/-1 * * * *', /step of at least 1/],
  ['1- * * * *', /the minute "1-" must be within/],
  ['-1 * * * *', /the minute "-1" must be within/],
  ['1.5 * * * *', /the minute "1.5" must be within/],
  ['L * * * *', /the minute "L" must be within/],
  ['@dayly', /did you mean "@daily"/],
  ['@reboot', /must be five fields/],
  ['@every', /must be five fields/],
  ['@every ', /duration such as 1h30m/],
  ['@every 5', /duration such as 1h30m/],
  ['@every 1d', /duration such as 1h30m/],
  ['@every  1h', /duration such as 1h30m/],
])('%p is no schedule', (schedule, problem) => {
  expect(scheduleProblem(schedule)).toMatch(problem);
});

test('a schedule cannot name a time zone since 1.29', () => {
  for (const schedule of ['TZ=UTC 0 3 * * *', 'CRON_TZ=Europe/Berlin 0 3 * * *', 'TZ=UTC @daily']) {
    expect(scheduleProblem(schedule, '1.29')).toMatch(/use spec.timeZone/);
    expect(scheduleProblem(schedule, '1.28')).toBeUndefined();
  }
  expect(scheduleProblem('TZ=UTC', '1.28')).toMatch(/timeZone/);
  expect(scheduleProblem('TZ=Mars/Base 0 3 * * *', '1.28')).toMatch(/IANA/);
});

test('a time zone is one of the IANA database, letter case included', () => {
  for (const zone of [
    'UTC',
    'Europe/Berlin',
    'America/Argentina/Buenos_Aires',
    'Etc/GMT+5',
    'US/Pacific',
    'Asia/Kolkata',
  ])
    expect([zone, timeZoneProblem(zone)]).toEqual([zone, undefined]);
  expect(timeZoneProblem('europe/berlin')).toMatch(/did you mean Europe\/Berlin\?/);
  expect(timeZoneProblem('Europe/Berln')).toMatch(/did you mean Europe\/Berlin\?/);
  for (const zone of ['', 'Local', 'Mars/Base', '+02:00', 'CEST', 'Europe/', '../UTC', 'constructor'])
    expect([zone, timeZoneProblem(zone)]).toEqual([zone, expect.stringMatching(/^must be a time zone/)]);
});

test('a schedule of sound fields is sound, and one with a bad field is not', () => {
  const within = (min: number, max: number): fc.Arbitrary<string> => {
    const value = fc.integer({ min, max });
    const range = fc.tuple(value, value).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`);
    const span = fc.oneof(fc.constant('*'), value.map(String), range);
    const step = fc.option(fc.integer({ min: 1, max: 99 }), { nil: undefined });
    const entry = fc.tuple(span, step).map(([text, by]) => (by === undefined ? text : `${text}/${by}`));
    return fc.array(entry, { minLength: 1, maxLength: 3 }).map((entries) => entries.join(','));
  };
  const fields = fc.tuple(within(0, 59), within(0, 23), within(1, 31), within(1, 12), within(0, 6));
  fc.assert(
    fc.property(
      fields,
      fc.integer({ min: 0, max: 4 }),
      fc.constantFrom('99', '5-', 'x', '*/0'),
      (sound, at, bad) => {
        expect(scheduleProblem(sound.join(' '))).toBeUndefined();
        expect(
          scheduleProblem(sound.map((field, i) => (i === at ? `${field},${bad}` : field)).join(' ')),
        ).toContain(`"${bad}"`);
      },
    ),
  );
});
