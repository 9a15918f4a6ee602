import type { IntegerFormat } from '../../../kube/schema';
import { fits, isDuration, isQuantity, isTime } from './scalars';

describe('an integer fits its Go type', () => {
  it.each<[IntegerFormat, number, number]>([
    ['int32', -2147483648, 2147483647],
    ['int64', -(2 ** 63), 2 ** 63 - 1024],
    ['uint8', 0, 255],
    ['uint16', 0, 65535],
    ['uint32', 0, 4294967295],
    ['uint64', 0, 2 ** 64 - 2048],
  ])('%s from %d to %d', (format, least, most) => {
    expect([fits(least, format), fits(most, format)]).toEqual([true, true]);
    const step = Math.abs(most) > 2 ** 53 ? 4096 : 1;
    expect([fits(least - step, format), fits(most + step, format)]).toEqual([false, false]);
    expect(fits(1.5, format)).toBe(false);
  });
});

describe('a time is RFC 3339 as Go reads it', () => {
  it.each([
    '2024-02-29T23:59:59Z',
    '2023-01-31T0:00:00Z',
    '2024-12-31T10:00:00.5+05:30',
    '2024-12-31T10:00:00,123-24:59',
    '2024-04-30T00:00:00Z',
  ])('%s', (text) => {
    expect(isTime(text, 'second')).toBe(true);
  });

  it.each([
    '2023-02-29T00:00:00Z',
    '2024-00-10T00:00:00Z',
    '2024-13-10T00:00:00Z',
    '2024-01-00T00:00:00Z',
    '2024-04-31T00:00:00Z',
    '2024-01-01T24:00:00Z',
    '2024-01-01T00:60:00Z',
    '2024-01-01T00:00:60Z',
    '2024-01-01T00:00:00+25:00',
    '2024-01-01T00:00:00+00:60',
    '2024-01-01T00:00:00',
    '2024-01-01 00:00:00Z',
    'x2024-01-01T00:00:00Z',
    '2024-01-01T00:00:00Zx',
    '2024-01-01T00:00:00.Z',
    '',
  ])('not %j', (text) => {
    expect(isTime(text, 'second')).toBe(false);
  });

  it('with six digits after the point for microseconds', () => {
    expect(isTime('2024-01-01T00:00:00.123456Z', 'microsecond')).toBe(true);
    for (const fraction of ['', '.12345', '.1234567'])
      expect(isTime(`2024-01-01T00:00:00${fraction}Z`, 'microsecond')).toBe(false);
  });
});

it('quantities and durations are those that Go reads', () => {
  expect(['1Gi', '100m', '1e3', '1gb', ''].map(isQuantity)).toEqual([true, true, true, false, false]);
  expect(['1h30m', '0', '5', 'x'].map(isDuration)).toEqual([true, true, false, false]);
});
