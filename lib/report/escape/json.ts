import { jsonText as exact } from '../../manifest/json-text';
import { inertInline, UNSEEN, writtenOut } from '../../text';

/**
 * `value` as JSON. What JSON may hold, but a terminal would obey and a log take for a command, is written as an escape:
 * the value stays the same.
 */
export function jsonText(value: unknown): string {
  const text = exact(value, 2);
  return `${inertInline(text.replace(UNSEEN, (found) => (found === '\n' ? found : writtenOut(found))))}\n`;
}
