import { atLeast } from '../../../kube/at-least';
import { parseDuration } from '../../../kube/duration';
import { parseCidr, parseIp } from '../../../kube/ip';
import type { KubernetesRelease } from '../../../kube/schema';
import { isEmailAddress } from './email';
import { isRequestUri } from '../../../kube/go-url';

type Format = (text: string) => boolean;

const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;
const UUID3 = /^[0-9a-f]{8}-?[0-9a-f]{4}-?3[0-9a-f]{3}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;
const UUID4 = /^[0-9a-f]{8}-?[0-9a-f]{4}-?4[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}$/i;
const UUID5 = /^[0-9a-f]{8}-?[0-9a-f]{4}-?5[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}$/i;
const CARD =
  /^(?:4[0-9]{12}(?:[0-9]{3})?|5[1-5][0-9]{14}|6(?:011|5[0-9][0-9])[0-9]{12}|3[47][0-9]{13}|3(?:0[0-5]|[68][0-9])[0-9]{11}|(?:2131|1800|35\d{3})\d{11})$/;
const BYTE = '(0|[1-9]\\d?|1\\d\\d?|2[0-4]\\d|25[0-5])';
const RGB = new RegExp(
  `^rgb\\([\\t\\n\\f\\r ]*${BYTE}(?:[\\t\\n\\f\\r ]*,[\\t\\n\\f\\r ]*${BYTE}){2}[\\t\\n\\f\\r ]*\\)$`,
);
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$/;
const HOSTNAME =
  /^([a-zA-Z0-9\p{S}\p{L}]((-?[a-zA-Z0-9\p{S}\p{L}]{0,62})?)|([a-zA-Z0-9\p{S}\p{L}](([a-zA-Z0-9\-\p{S}\p{L}]{0,61}[a-zA-Z0-9\p{S}\p{L}])?)(\.))+([a-zA-Z\p{L}]){2,63})$/u;
const SHORT_NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const LONG_NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const TIME = /^([0-9]{2}):([0-9]{2}):([0-9]{2})(.[0-9]+)?(z|[+-][0-9]{2}:[0-9]{2})$/;

/**
 * The string formats that the server checks; it ignores all others. Names have no dashes, because the server compares
 * them without dashes.
 *
 * @source k8s.io/apiextensions-apiserver pkg/apiserver/validation/formats.go supportedVersionedFormats 1.36
 */
const FORMATS: ReadonlyMap<string, Format> = new Map<string, Format>([
  ['bsonobjectid', (text) => /^[0-9a-fA-F]{24}$/.test(text)],
  ['uri', isRequestUri],
  ['email', isEmailAddress],
  ['hostname', isHostname],
  ['ipv4', (text) => text.includes('.') && parseIp(text) !== undefined],
  ['ipv6', (text) => text.includes(':') && parseIp(text) !== undefined],
  ['cidr', (text) => parseCidr(text) !== undefined],
  ['mac', isMac],
  ['uuid', (text) => UUID.test(text)],
  ['uuid3', (text) => UUID3.test(text)],
  ['uuid4', (text) => UUID4.test(text)],
  ['uuid5', (text) => UUID5.test(text)],
  ['isbn', (text) => isIsbn10(text) || isIsbn13(text)],
  ['isbn10', isIsbn10],
  ['isbn13', isIsbn13],
  ['creditcard', isCreditCard],
  ['ssn', (text) => text.length === 11 && /^\d{3}[- ]?\d{2}[- ]?\d{4}$/.test(text)],
  ['hexcolor', (text) => /^#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$/.test(text)],
  ['rgbcolor', (text) => RGB.test(text)],
  ['byte', (text) => BASE64.test(text)],
  ['password', () => true],
  ['date', isDate],
  ['duration', isDuration],
  ['datetime', isDateTime],
]);

/** Formats that Kubernetes 1.34 added. */
const NAME_FORMATS: ReadonlyMap<string, Format> = new Map<string, Format>([
  ['k8sshortname', (text) => text.length <= 63 && SHORT_NAME.test(text)],
  ['k8slongname', (text) => text.length <= 253 && LONG_NAME.test(text)],
]);

/** The check of a format in an API server of `kubernetes`; undefined for an unknown format. */
export function stringFormat(name: string, kubernetes: KubernetesRelease): Format | undefined {
  const normal = name.replaceAll('-', '');
  return FORMATS.get(normal) ?? (atLeast(kubernetes, '1.34') ? NAME_FORMATS.get(normal) : undefined);
}

function isHostname(text: string): boolean {
  return (
    Buffer.byteLength(text) <= 255 &&
    HOSTNAME.test(text) &&
    text.split('.').every((label) => Buffer.byteLength(label) <= 63)
  );
}

/** 6, 8 or 20 bytes, in groups of two or four digits, or without separators (Go's net.ParseMAC, as of Go 1.26). */
function isMac(text: string): boolean {
  if (/^[0-9a-fA-F]{2}[:-]/.test(text)) {
    const parts = text.split(text.charAt(2));
    return [6, 8, 20].includes(parts.length) && parts.every((part) => /^[0-9a-fA-F]{2}$/.test(part));
  }
  if (/^[0-9a-fA-F]+$/.test(text)) return [12, 16, 40].includes(text.length);
  const parts = text.split('.');
  return [3, 4, 10].includes(parts.length) && parts.every((part) => /^[0-9a-fA-F]{4}$/.test(part));
}

function isIsbn10(text: string): boolean {
  const digits = text.replace(/[\t\n\f\r -]+/g, '');
  if (!/^(?:[0-9]{9}X|[0-9]{10})$/.test(digits)) return false;
  const sum = Array.from(digits).reduce((total, digit, index) => {
    return total + (index + 1) * (digit === 'X' ? 10 : Number(digit));
  }, 0);
  return sum % 11 === 0;
}

function isIsbn13(text: string): boolean {
  const digits = text.replace(/[\t\n\f\r -]+/g, '');
  if (!/^[0-9]{13}$/.test(digits)) return false;
  const sum = Array.from(digits.slice(0, 12)).reduce((total, digit, index) => {
    return total + (index % 2 === 0 ? 1 : 3) * Number(digit);
  }, 0);
  return Number(digits.charAt(12)) === (10 - (sum % 10)) % 10;
}

function isCreditCard(text: string): boolean {
  const digits = text.replace(/[^0-9]+/g, '');
  if (!CARD.test(digits)) return false;
  const sum = Array.from(digits)
    .reverse()
    .reduce((total, digit, index) => {
      const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
      return total + (value >= 10 ? value - 9 : value);
    }, 0);
  return sum % 10 === 0;
}

function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return false;
  const [year = 0, month = 0, day = 0] = match.slice(1).map(Number);
  return month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month);
}

function daysOf(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function isDateTime(text: string): boolean {
  const [date = '', time = ''] = text.toLowerCase().split('t');
  if (!isDate(date)) return false;
  const [, hour = '', minute = '', second = ''] = TIME.exec(time) ?? [];
  return hour !== '' && hour <= '23' && minute <= '59' && second <= '59';
}

const UNITS: ReadonlySet<string> = new Set(['ns', 'us', 'µs', 'ms', 's', 'm', 'h', 'hr', 'd', 'w', 'wk']);
const UNIT_NAMES = ['nano', 'micro', 'milli', 'sec', 'min', 'hour', 'day', 'week'];
const MAX_INT64 = 2 ** 63;

/** It begins before a run of digits, so that a long run is read once. */
const AMOUNT = /(?<!\d)(\d+)[\t\n\f\r ]*([A-Za-zµ]+)/g;

/** A Go duration, or text that contains an amount and a unit in Scala's format: `22 ns`, `3 days`. */
function isDuration(text: string): boolean {
  if (parseDuration(text) !== undefined) return true;
  let isOne = false;
  for (const [, amount, word = ''] of text.matchAll(AMOUNT)) {
    if (Number(amount) >= MAX_INT64) return false;
    const unit = word.toLowerCase();
    if (UNITS.has(unit) || UNIT_NAMES.some((name) => unit.startsWith(name))) isOne = true;
  }
  return isOne;
}
