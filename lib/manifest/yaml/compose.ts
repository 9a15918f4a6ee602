import type { Dropped } from '../manifest';
import { fault, type Chunk, type ParsedDocument, type Recorder } from './chunk';
import { LineNumbers } from './lines';
import { Parser } from './parser';
import { Reading } from './reading';
import type { Fail } from './token';

/** Characters that kubectl rejects unless they are escaped, and halves of others, which no file can hold. */
const CONTROL = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]/u;

/** A line that holds nothing for any reader. */
const HOLDS_NOTHING = /^(?:[ \t]*(?:#.*)?|(?:---|\.\.\.)[ \t]*(?:#.*)?)$/;

/**
 * The first document of `chunk`, read as kubectl does: what stands behind it is dropped. `undefined` if there is
 * nothing, or null, in it.
 *
 * @param record takes the offsets of keys and items. @default they are not kept
 * @throws SeaworthyError INVALID_YAML with the first fault of the document
 */
export function composeDocument(chunk: Chunk, record?: Recorder): ParsedDocument | undefined {
  const fail: Fail = (message, { offset }, hint) => {
    throw fault(chunk, offset, message, hint);
  };
  refuseControlCharacters(chunk);
  const { root, end } = new Parser(chunk.text, fail).document();
  if (root === undefined) return undefined;
  const lines = new LineNumbers(chunk);
  const reading = new Reading(chunk, lines, record);
  const value = reading.document(root);
  const dropped: Dropped[] = [...reading.dropped, ...ignoredText(chunk, end, lines)];
  if (value === null)
    return dropped.length === 0 ? undefined : { value, line: lines.at(root.offset), dropped };
  return {
    value,
    line: lines.at(root.offset),
    text: { text: chunk.text, start: root.offset, end },
    ...(dropped.length > 0 && { dropped }),
  };
}

/** The text behind the end of the document, if it holds something. */
function ignoredText(chunk: Chunk, end: number, lines: LineNumbers): Dropped[] {
  let at = end;
  const rest = chunk.text.slice(end);
  for (const line of rest.split('\n')) {
    if (!HOLDS_NOTHING.test(line))
      return [
        { what: 'ignored-text', path: '', lines: [lines.at(at), lines.at(end + rest.trimEnd().length)] },
      ];
    at += line.length + 1;
  }
  return [];
}

function refuseControlCharacters(chunk: Chunk): void {
  const match = CONTROL.exec(chunk.text);
  if (match === null) return;
  const code = (match[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  const hint = `Remove U+${code}, or write it as "\\u${code}" in double quotes.`;
  throw fault(chunk, match.index, 'control characters are not allowed', hint);
}
