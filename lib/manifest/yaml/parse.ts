import { SeaworthyError, type Problem } from '../../errors';
import { readBlock } from './block';
import type { Dropped } from '../manifest';
import { fault, LineCursor, type Chunk, type ParsedDocument } from './chunk';
import { composeDocument } from './compose';
import { readJson, startsJson } from './json';
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
export function parseDocuments(yaml: string, options: ParseOptions = {}): ParsedDocument[] {
  const { source, known } = options;
  const whole: Chunk = { text: yaml, line: 1, ...(source !== undefined && { source }) };
  if (!startsJson(yaml)) return withDropped(readYaml(whole, known));
  const { documents, rest } = readJson(whole);
  if (rest === undefined) return withDropped(documents);
  const { offset, fault: noJson } = rest;
  const refusal = (): SeaworthyError => fault(whole, noJson.offset, noJson.message, noJson.hint);
  if (offset === undefined) throw refusal();
  const yamlText = yaml.slice(offset);
  try {
    const line = new LineCursor(whole).at(offset);
    return withDropped([...documents, ...readYaml({ ...whole, text: yamlText, line }, known)]);
  } catch (error) {
    const isMeantAsYaml = documents.length === 0 ? !MEANT_AS_JSON.test(yaml) : yamlText.startsWith('---');
    throw isMeantAsYaml ? error : refusal();
  }
}

/** The documents of a YAML stream, null for those that hold nothing but text that is dropped. */
function readYaml(original: Chunk, known: ParseOptions['known']): ParsedDocument[] {
  const stream = { ...original, text: normalized(original.text) };
  const documents: ParsedDocument[] = [];
  const problems: Problem[] = [];
  for (const read of chunksOf(stream)) {
    try {
      const chunk = read();
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
    documents = documentsOf(chunk).map((document) => moved(document, 1 - line));
    known.set(text, documents);
  }
  return documents.map((document) => moved(document, line - 1));
}

function moved(document: ParsedDocument, by: number): ParsedDocument {
  const dropped = document.dropped?.map((part) => ({ ...part, lines: part.lines.map((line) => line + by) }));
  return { ...document, line: document.line + by, ...(dropped !== undefined && { dropped }) };
}

function documentsOf(chunk: Chunk): ParsedDocument[] {
  const block = readBlock(chunk);
  if (block === undefined) {
    const document = composeDocument(chunk);
    return document === undefined ? [] : [document];
  }
  if (block.value === null) return [];
  const { text } = chunk;
  const line = new LineCursor(chunk).at(block.offset);
  return [{ value: block.value, line, text: { text, start: block.offset, end: text.length } }];
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
