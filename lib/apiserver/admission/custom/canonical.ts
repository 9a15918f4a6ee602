import { isPlainRecord } from '../../../manifest/data';
import { jsonText } from '../../../manifest/json-text';

/** JSON with sorted keys: two values have the same text exactly when they are equal. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isPlainRecord(value)) return jsonText(value) ?? 'null';
  const entries = Object.keys(value).sort();
  return `{${entries.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
}
