import { bounded } from '../../kube/bounded';
import type { Reason } from './review';
import { jsonText } from '../../manifest/json-text';

/** The reasons of the API server's validation, in its words. */
const WORDS: Readonly<Partial<Record<Reason, string>>> = {
  required: 'Required value',
  invalid: 'Invalid value',
  'wrong-type': 'Invalid value',
  malformed: 'Invalid value',
  'not-supported': 'Unsupported value',
  duplicate: 'Duplicate value',
  forbidden: 'Forbidden',
  'not-found': 'Not found',
  'too-long': 'Too long',
  'too-many': 'Too many',
};

/** The reasons whose messages do not include the value. */
const WITHOUT_VALUE: ReadonlySet<Reason> = new Set(['required', 'forbidden', 'too-long']);

/** Replaces a value that must not appear in a message, such as the data of a Secret. */
export const OMITTED = Symbol('omitted');

/**
 * The message of the API server about a field, without its path: `Invalid value: "3": must be …`. People search for these words.
 *
 * @param detail can be empty if the reason is sufficient
 *
 * @source k8s.io/apimachinery pkg/util/validation/field/errors.go Error.ErrorBody, ErrorType.String 1.36
 */
export function errorBody(reason: Reason, value: unknown, detail: string): string {
  const parts = [WORDS[reason] ?? ''];
  if (!WITHOUT_VALUE.has(reason) && value !== OMITTED) parts.push(show(value));
  return bounded([...parts, detail].filter((part) => part !== '').join(': '));
}

/** Values of more characters than this are counted. */
const LONGEST_LIST = 700;

/** @source k8s.io/apimachinery pkg/util/validation/field/errors.go NotSupported 1.36 */
export function supportedValues(values: readonly string[]): string {
  const shown: string[] = [];
  let left = LONGEST_LIST;
  for (const value of values) {
    left -= value.length;
    // The server lists all of them.
    if (left < 0 && shown.length > 0)
      return `supported values: ${shown.join(', ')}, … (${values.length - shown.length} more)`;
    shown.push(JSON.stringify(value));
  }
  return `supported values: ${shown.join(', ')}`;
}

/** @source k8s.io/apimachinery pkg/util/validation/field/errors.go TooLong 1.36 */
export function maxBytes(most: number): string {
  return `may not be more than ${most} ${most === 1 ? 'byte' : 'bytes'}`;
}

/** @source k8s.io/apimachinery pkg/util/validation/field/errors.go TooMany 1.36 */
export function maxItems(most: number): string {
  return `must have at most ${most} ${most === 1 ? 'item' : 'items'}`;
}

/** The message of strict decoding for an unknown field. */
export function unknownField(path: string): string {
  return bounded(`unknown field ${JSON.stringify(path)}`);
}

/** The message for a kind that the server does not serve. */
export function noMatches(apiVersion: string, kind: string): string {
  return bounded(`no matches for kind ${JSON.stringify(kind)} in version ${JSON.stringify(apiVersion)}`);
}

/** The type of a decoded value in the words of a schema: `string`, `integer`, `array`. */
export function typeOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) || typeof value === 'bigint' ? 'integer' : typeof value;
}

const LONGEST_VALUE = 60;

/** `value` as JSON, truncated where it is long. */
export function show(value: unknown): string {
  const text = sample(value, LONGEST_VALUE);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 3)}…` : text;
}

/** JSON up to `room` characters: a value can be large or contain itself, and many errors can be about it. */
function sample(value: unknown, room: number): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, room));
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return jsonText(value) ?? 'null';
  const isList = Array.isArray(value);
  let text = isList ? '[' : '{';
  for (const [key, item] of Object.entries(value)) {
    if (text.length > room) return text;
    text += `${text.length > 1 ? ',' : ''}${isList ? '' : `${sample(key, room)}:`}`;
    text += sample(item, room - text.length);
  }
  return `${text}${isList ? ']' : '}'}`;
}
