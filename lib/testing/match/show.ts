import { describeValue, isPlainRecord } from '../../manifest/data';
import { beginning, visible } from '../../text';
import { Matcher } from './matcher';
import { jsonText } from '../../manifest/json-text';

const LONGEST = 100;

/** A value or a pattern in one short line. */
export function show(value: unknown): string {
  const text = written(value);
  return visible(text.length > LONGEST ? `${beginning(text, LONGEST - 1)}…` : text);
}

function written(value: unknown): string {
  if (value instanceof Matcher) return value.describe();
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return `[${value.map(written).join(', ')}]`;
  if (!isPlainRecord(value)) return jsonText(value) ?? describeValue(value);
  const entries = Object.entries(value).map(([key, each]) => `${key}: ${written(each)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}
