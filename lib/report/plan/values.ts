import type { ChangedField } from '../../plan/change';
import { beginning, visible } from '../../text';
import { jsonText } from '../../manifest/json-text';

/** Characters of a value that are shown. */
const LONGEST = 60;

/** What stands before the first difference of two long values. */
const LEAD = 15;

/** The old and the new value of a field, each on one short line. */
export function shownValues({ before, after }: ChangedField): [before: string, after: string] {
  const [old, value] = [before, after].map(inWords) as [string, string];
  if (old.length <= LONGEST && value.length <= LONGEST) return [visible(old), visible(value)];
  const start = before === undefined || after === undefined ? 0 : Math.max(0, sameUpTo(old, value) - LEAD);
  return [cut(old, start), cut(value, start)];
}

/** Text is quoted where it could be taken for something else, or has blanks in it. */
function inWords(value: unknown): string {
  if (value === undefined) return '(none)';
  if (typeof value !== 'string') return jsonText(value);
  const isPlain =
    /^[\w/(.][^\s"']*$/.test(value) && visible(value) === value && !/^(true|false|null)$/.test(value);
  return isPlain && Number.isNaN(Number(value)) ? value : JSON.stringify(value);
}

function sameUpTo(a: string, b: string): number {
  let index = 0;
  while (index < a.length && a[index] === b[index]) index++;
  return index;
}

function cut(text: string, start: number): string {
  const isLow = /^[\udc00-\udfff]/.test(text.slice(start, start + 1));
  const from = start < 4 ? 0 : start - Number(isLow);
  const shown = beginning(text.slice(from), LONGEST);
  return `${from === 0 ? '' : '…'}${visible(shown)}${from + shown.length < text.length ? '…' : ''}`;
}
