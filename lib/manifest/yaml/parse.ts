import { SeaworthyError, type Problem } from '../../errors';
import { readBlock, type ReadParts } from './block';
import type { Dropped } from '../manifest';
import { fault, LineCursor, type Chunk, type ParsedDocument } from './chunk';
import { composeDocument } from './compose';
import { readJson } from './json';
import { startsJson } from './json-start';
import { chunksOf } from './separators';

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
  /**
   * Parts of documents that were read before: documents that have the same lines share the value, which nobody may change.
   * What is read is added. @default no two documents share a value
   * @internal
   */
  readonly parts?: ReadParts;
}

/** A part of a stream that cannot be read. */
export interface BrokenText {
  /** What stands there, for a guess at what was meant; never for a message, since it may be secret. */
  readonly text: string;
  /** The line that it starts on, counted from 1. */
  readonly line: number;
  readonly problems: readonly Problem[];
}

/** All of a stream: what can be read, and what cannot. */
export interface ReadStream {
  readonly documents: readonly ParsedDocument[];
  readonly broken: readonly BrokenText[];
}

/** Where the first character of a JSON object that is not quite YAML stands. */
const MEANT_AS_JSON = /^\s*\{\s*["}]/;

/**
 * The documents of a YAML stream or a JSON text, read as kubectl reads them (`YAMLOrJSONDecoder` in k8s.io/apimachinery,
 * which has go-yaml v2 read YAML 1.1); empty documents are left out. Integers are exact as long as they fit in an int64: one
 * that a number cannot hold is a bigint.
 *
 * @throws SeaworthyError INVALID_YAML with the first fault of each part between two `---`: where it is, and never what
 * stands there, since that may be secret
 */
export function parseDocuments(yaml: string, options: ParseOptions = {}): readonly ParsedDocument[] {
  const { documents, broken } = readStream(yaml, options);
  const [first, ...more] = broken.flatMap(({ problems }) => problems);
  if (first !== undefined) throw new SeaworthyError(first, ...more);
  return documents;
}

/** Reads what `parseDocuments` reads, and with it the parts that cannot be read: one hides nothing of the others. */
export function readStream(yaml: string, options: ParseOptions = {}): ReadStream {
  // Named here, since the declaration would repeat a pattern, and has neither `known` nor `parts`.
  const { source, known, parts } = options;
  const whole: Chunk = { text: yaml, line: 1, ...(source !== undefined && { source }) };
  if (!startsJson(yaml)) return whatIsHeld(readYaml(whole, known, parts));
  const { documents, rest } = readJson(whole);
  if (rest === undefined) return whatIsHeld({ documents, broken: [] });
  const { offset, fault: noJson } = rest;
  const refused = (): ReadStream => {
    const { problems } = fault(whole, noJson.offset, noJson.message, noJson.hint);
    return whatIsHeld({ documents, broken: [{ text: yaml, line: 1, problems }] });
  };
  if (offset === undefined) return refused();
  const yamlText = yaml.slice(offset);
  const line = new LineCursor(whole).at(offset);
  const read = readYaml({ ...whole, text: yamlText, line }, known, parts);
  const isMeantAsYaml = documents.length === 0 ? !MEANT_AS_JSON.test(yaml) : yamlText.startsWith('---');
  if (read.broken.length > 0 && !isMeantAsYaml) return refused();
  return whatIsHeld({ ...read, documents: [...documents, ...read.documents] });
}

/** The documents of a YAML stream, null for those that hold nothing but text that is dropped. */
function readYaml(original: Chunk, known: ParseOptions['known'], parts: ReadParts | undefined): ReadStream {
  const stream = { ...original, text: normalized(original.text) };
  const documents: ParsedDocument[] = [];
  const broken: BrokenText[] = [];
  for (const { text, line, read } of chunksOf(stream)) {
    try {
      const chunk = read();
      documents.push(...(known === undefined ? documentsOf(chunk, parts) : recalled(chunk, known, parts)));
    } catch (error) {
      if (!(error instanceof SeaworthyError)) throw error;
      broken.push({ text, line, problems: error.problems });
    }
  }
  return { documents, broken };
}

function whatIsHeld({ documents, broken }: ReadStream): ReadStream {
  return { documents: withDropped(documents), broken };
}

/** The documents of `chunk`, which are read if they are not `known`. */
function recalled(
  chunk: Chunk,
  known: Map<string, readonly ParsedDocument[]>,
  parts: ReadParts | undefined,
): readonly ParsedDocument[] {
  const { text, line } = chunk;
  const earlier = known.get(text);
  if (earlier !== undefined) return earlier.map((document) => moved(document, line - 1));
  const documents = documentsOf(chunk, parts);
  known.set(
    text,
    documents.map((document) => moved(document, 1 - line)),
  );
  return documents;
}

function moved(document: ParsedDocument, by: number): ParsedDocument {
  const dropped = document.dropped?.map((part) => ({ ...part, lines: part.lines.map((line) => line + by) }));
  return { ...document, line: document.line + by, ...(dropped !== undefined && { dropped }) };
}

function documentsOf(chunk: Chunk, parts: ReadParts | undefined): ParsedDocument[] {
  const block = readBlock(chunk, undefined, parts);
  if (block === undefined) {
    const document = composeDocument(chunk);
    return document === undefined ? [] : [document];
  }
  if (block.value === null) return [];
  const { text } = chunk;
  const line = new LineCursor(chunk).at(block.offset);
  return [{ value: block.value, line, text: { text, start: block.offset, end: text.length, isBlock: true } }];
}

/** The documents that hold something. What is dropped from another is reported with the one before or after it. */
function withDropped(documents: readonly ParsedDocument[]): ParsedDocument[] {
  const kept: ParsedDocument[] = [];
  let early: readonly Dropped[] = [];
  for (const document of documents) {
    const last = kept.at(-1);
    const { dropped = [] } = document;
    if (document.value !== null)
      kept.push(early.length === 0 ? document : { ...document, dropped: [...early, ...dropped] });
    else if (last !== undefined)
      kept.splice(-1, 1, { ...last, dropped: [...(last.dropped ?? []), ...dropped] });
    else early = [...early, ...dropped];
    if (document.value !== null) early = [];
  }
  return kept;
}

/** `text` with Unix line breaks, and one at its end: what kubectl's line reader makes of it. */
function normalized(text: string): string {
  const clean = text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text;
  return clean.endsWith('\n') ? clean : `${clean}\n`;
}
