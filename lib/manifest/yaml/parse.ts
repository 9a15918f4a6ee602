import { SeaworthyError, type Problem } from '../../errors';
import { readBlock } from './block';
import { fault, LineCursor, type Chunk, type ParsedDocument } from './chunk';
import { composeDocuments } from './compose';
import { parseJson } from './json';

export type { ParsedDocument } from './chunk';

export interface ParseOptions {
  /** Name of the file, for messages. */
  readonly source?: string;
  /**
   * Documents that were read before, by their text, each as if it began on line 1: where the text is the same, so is the
   * value. What is read is added. @default every document is read anew
   * @internal
   */
  readonly known?: Map<string, readonly ParsedDocument[]>;
}

/** A line that separates two documents. */
const SEPARATOR = /^---[ \t]*(?:#.*)?$/gm;

/** Directives, and documents that begin behind their `---`: streams with these are not cut but parsed as a whole. */
const UNCUTTABLE = /^(?:%|---[ \t]*[^\s#])/m;

/** Characters that kubectl's reader rejects, that only it treats as line breaks, or that are invisible. */
const UNREADABLE = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]/u;

/**
 * The documents of a YAML stream or a JSON text, read as kubectl reads them; empty documents are left out.
 * Two things are stricter: a duplicate key in a map is an error, and so is an integer that a number cannot hold.
 *
 * @throws SeaworthyError INVALID_YAML with the first fault of each part between two `---`: where it is, and the line.
 */
export function parseDocuments(yaml: string, options: ParseOptions = {}): ParsedDocument[] {
  const { source, known } = options;
  const whole: Chunk = { text: normalized(yaml), line: 1, ...(source !== undefined && { source }) };
  const json = parseJson(whole);
  if (json !== undefined) return json;
  const unreadable = UNREADABLE.exec(whole.text);
  if (unreadable !== null) throw unreadableCharacter(whole, unreadable);
  const documents: ParsedDocument[] = [];
  const problems: Problem[] = [];
  for (const chunk of chunksOf(whole)) {
    try {
      documents.push(...(known === undefined ? documentsOf(chunk) : recalled(chunk, known)));
    } catch (error) {
      if (!(error instanceof SeaworthyError)) throw error;
      problems.push(...error.problems);
    }
  }
  const [first, ...more] = problems;
  if (first !== undefined) throw new SeaworthyError(first, ...more);
  return documents;
}

/** The documents of `chunk`, which are read if they are not `known`. */
function recalled(chunk: Chunk, known: Map<string, readonly ParsedDocument[]>): readonly ParsedDocument[] {
  const { text, line } = chunk;
  let documents = known.get(text);
  if (documents === undefined) {
    documents = documentsOf(chunk).map((document) => ({ ...document, line: document.line - line + 1 }));
    known.set(text, documents);
  }
  return documents.map((document) => ({ ...document, line: document.line + line - 1 }));
}

function documentsOf(chunk: Chunk): ParsedDocument[] {
  const block = readBlock(chunk);
  if (block === undefined) return composeDocuments(chunk);
  if (block.value === null) return [];
  const { text } = chunk;
  const line = new LineCursor(chunk).at(block.offset);
  return [{ value: block.value, line, text: { text, start: block.offset, end: text.length } }];
}

function* chunksOf(whole: Chunk): Generator<Chunk> {
  if (UNCUTTABLE.test(whole.text)) {
    yield whole;
    return;
  }
  const lines = new LineCursor(whole);
  let start = 0;
  for (const { 0: separator, index } of whole.text.matchAll(SEPARATOR)) {
    yield { ...whole, text: whole.text.slice(start, index), line: lines.at(start) };
    start = index + separator.length + 1;
  }
  yield { ...whole, text: whole.text.slice(start), line: lines.at(start) };
}

/**
 * `text` with Unix line breaks, one at its end, and without the byte order mark that editors leave at the start:
 * what kubectl's line reader makes of it.
 */
function normalized(text: string): string {
  let clean = text.startsWith('\ufeff') ? text.slice(1) : text;
  if (clean.includes('\r\n')) clean = clean.replaceAll('\r\n', '\n');
  return clean.endsWith('\n') ? clean : `${clean}\n`;
}

function unreadableCharacter(chunk: Chunk, { 0: character, index }: RegExpExecArray): SeaworthyError {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  const hint = `Remove it, or write it as "\\u${code}" in double quotes.`;
  return fault(chunk, index, `the character U+${code} is not allowed unescaped in YAML`, hint);
}
