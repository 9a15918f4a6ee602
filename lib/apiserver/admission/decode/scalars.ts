import { parseDuration } from '../../../kube/duration';
import { parseQuantity } from '../../../kube/quantity';
import type { IntegerFormat, TimeSchema } from '../../../kube/schema';

const RANGES: Readonly<Record<IntegerFormat, readonly [min: number, max: number]>> = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
  // What a double cannot hold is a bigint, and no larger than an int64.
  int64: [-(2 ** 63), 2 ** 63 - 1024],
  uint8: [0, 2 ** 8 - 1],
  uint16: [0, 2 ** 16 - 1],
  uint32: [0, 2 ** 32 - 1],
  uint64: [0, 2 ** 64 - 2048],
};

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d{1,2}):(\d\d):(\d\d)(?:[.,](\d+))?(?:Z|[+-](\d\d):(\d\d))$/;

/** Whether a number is an integer that fits its Go type. */
export function fits(value: number | bigint, format: IntegerFormat): boolean {
  const [min, max] = RANGES[format];
  if (typeof value === 'bigint') return format === 'int64' || (format === 'uint64' && value >= 0n);
  return Number.isInteger(value) && value >= min && value <= max;
}

/** Whether Go's encoding/base64 decodes a text: it skips line breaks and requires padding. */
export function isBase64(text: string): boolean {
  return BASE64.test(text.replace(/[\r\n]/g, ''));
}

/**
 * The offset at which a text stops being base64, as Go's encoding/base64 counts it. The message does not repeat the
 * text.
 */
export function base64Problem(text: string): string {
  let [digits, padding] = [0, 0];
  for (const [index, sign] of Array.from(text).entries()) {
    if (sign === '\n' || sign === '\r') continue;
    const isPadding = sign === '=' && digits % 4 >= 2;
    const isDigit = padding === 0 && /[A-Za-z0-9+/]/.test(sign);
    if ((!isPadding && !isDigit) || padding > 1)
      return illegalBase64(Buffer.byteLength(Array.from(text).slice(0, index).join('')));
    if (isPadding) padding++;
    else digits++;
  }
  return illegalBase64(Buffer.byteLength(text));
}

function illegalBase64(byte: number): string {
  return `illegal base64 data at input byte ${byte}`;
}

/** @source k8s.io/apimachinery pkg/api/resource/quantity.go ParseQuantity 1.36 */
export function isQuantity(text: string): boolean {
  return parseQuantity(text) !== undefined;
}

export function isDuration(text: string): boolean {
  return parseDuration(text) !== undefined;
}

/**
 * Whether Go's time.Parse accepts a text as RFC 3339; a `MicroTime` has exactly six digits after the point.
 *
 * @source k8s.io/apimachinery pkg/apis/meta/v1/time.go Time.UnmarshalJSON 1.36
 * @source k8s.io/apimachinery pkg/apis/meta/v1/micro_time.go MicroTime.UnmarshalJSON 1.36
 */
export function isTime(text: string, precision: TimeSchema['precision']): boolean {
  const match = TIME.exec(text);
  if (match === null) return false;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  const [fraction, zoneHour, zoneMinute] = match.slice(7);
  if (precision === 'microsecond' && fraction?.length !== 6) return false;
  if (month < 1 || month > 12 || day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate())
    return false;
  if (hour > 23 || minute > 59 || second > 59) return false;
  return Number(zoneHour ?? 0) <= 24 && Number(zoneMinute ?? 0) < 60;
}
