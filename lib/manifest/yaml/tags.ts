import { CORE_TAG } from './directives';
import { isInteger, isInt64, resolve, type Resolved } from './resolve';

export const MERGE_TAG = `${CORE_TAG}merge`;

/** Base64 with padding, as Go's standard encoding wants it; it skips line breaks. */
const BASE64 = /^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/;

const DATE = /^(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt](.+))|(?: +(\d.*)))?$/;
const TIME = /^(\d\d?):(\d\d?):(\d\d?)(?:\.\d+)?(Z|[-+]\d\d:\d\d)?$/;

/** What a scalar with a tag means to kubectl; `undefined` where its text does not fit the tag. */
export function resolveTagged(tag: string, text: string): Resolved | undefined {
  switch (tag) {
    case `${CORE_TAG}binary`: {
      const digits = text.replace(/[\r\n]/g, '');
      return BASE64.test(digits) ? Buffer.from(digits, 'base64').toString() : undefined;
    }
    case `${CORE_TAG}int`:
      return isInteger(text) ? resolve(text) : undefined;
    case `${CORE_TAG}float`:
      return floatOf(text);
    case `${CORE_TAG}bool`:
      return only('boolean', resolve(text));
    case `${CORE_TAG}null`:
      return resolve(text) === null ? null : undefined;
    case `${CORE_TAG}timestamp`:
      return isTimestamp(text) ? text : undefined;
    default:
      return text;
  }
}

/** The name of a tag that has rules for its text: `int`. */
export function nameOfTag(tag: string): string {
  return tag.slice(CORE_TAG.length);
}

function floatOf(text: string): Resolved | undefined {
  if (isInteger(text)) return isInt64(text) ? Number(resolve(text)) : undefined;
  return only('number', resolve(text));
}

function only(type: 'boolean' | 'number', value: Resolved): Resolved | undefined {
  return typeof value === type ? value : undefined;
}

/** The forms of `allowedTimestampFormats` in resolve.go of go-yaml v2. */
function isTimestamp(text: string): boolean {
  const [match, year, month, day, afterT, afterSpace] = DATE.exec(text) ?? [];
  if (match === undefined) return false;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return false;
  const written = afterT ?? afterSpace;
  if (written === undefined) return true;
  const [time, hour, minute, second, zone] = TIME.exec(written) ?? [];
  if (time === undefined || (zone === undefined) !== (afterT === undefined)) return false;
  return Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
}
