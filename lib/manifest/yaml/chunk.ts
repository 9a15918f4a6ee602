import { SeaworthyError } from '../../errors';

/** A piece of YAML or JSON, and where it comes from. */
export interface Chunk {
  /** Every line ends in `\n`, also the last one. */
  readonly text: string;
  /** Line that `text` starts on, counted from 1. */
  readonly line: number;
  /** Name of the file. */
  readonly source?: string;
}

/** One document of a stream, and the line its content starts on, counted from 1. */
export interface ParsedDocument {
  readonly value: unknown;
  readonly line: number;
  /** Where its fields can be looked up. @default its fields have no positions */
  readonly text?: DocumentText;
}

/** Characters. A longer document was not written by hand, so nobody needs its line numbers. */
export const LONGEST_LOCATED = 1 << 22;

/** The content of a document in the text that it was read from. */
export interface DocumentText {
  readonly text: string;
  /** Offset of the content. */
  readonly start: number;
  readonly end: number;
}

/** Takes the offset of a key or an item of a map or list that is read. */
export type Recorder = (container: object, key: string | number, offset: number) => void;

/** Nesting beyond this is refused: readers recurse, and a full stack can end the process. */
export const DEEPEST = 1000;

/** Finds the lines of ascending offsets in one pass over the text. */
export class LineCursor {
  private readonly text: string;
  private line: number;
  private nextBreak: number;

  constructor({ text, line }: Chunk) {
    this.text = text;
    this.line = line;
    this.nextBreak = text.indexOf('\n');
  }

  /** Line of `offset`, counted from 1 in the whole stream; `offset` is not below the last one asked for. */
  at(offset: number): number {
    while (this.nextBreak >= 0 && this.nextBreak < offset) {
      this.line++;
      this.nextBreak = this.text.indexOf('\n', this.nextBreak + 1);
    }
    return this.line;
  }
}

const LONGEST_SAMPLE = 80;

/** The error at `offset` of `chunk`: it names the line and column and shows the line. */
export function fault(chunk: Chunk, offset: number, message: string, hint?: string): SeaworthyError {
  const { text, source } = chunk;
  const line = new LineCursor(chunk).at(offset);
  const column = offset - startOfLine(text, offset) + 1;
  const sample = sampleAt(text, offset);
  return new SeaworthyError({
    code: 'INVALID_YAML',
    place: `line ${line}, column ${column}`,
    message: sample === '' ? message : `${message}: ${sample}`,
    ...(hint === undefined ? {} : { hint }),
    ...(source === undefined ? {} : { source: `${source}:${line}:${column}` }),
  });
}

function startOfLine(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** The line at `offset` for a message; at the end of the text, the last line that is not blank. */
function sampleAt(text: string, offset: number): string {
  const end = text.indexOf('\n', offset);
  const lines = text.slice(0, end < 0 ? undefined : end).trimEnd();
  const line = lines.slice(startOfLine(lines, lines.length)).trim();
  return line === ''
    ? ''
    : JSON.stringify(line.length > LONGEST_SAMPLE ? `${line.slice(0, LONGEST_SAMPLE)}…` : line);
}
