import { SeaworthyError } from '../../errors';
import type { Dropped } from '../manifest';

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
  /** What kubectl drops of it without a word. @default nothing */
  readonly dropped?: readonly Dropped[];
}

/** Characters. A longer document was not written by hand, so nobody needs its line numbers. */
export const LONGEST_LOCATED = 1 << 22;

/** The content of a document in the text that it was read from. */
export interface DocumentText {
  readonly text: string;
  /** Offset of the content. */
  readonly start: number;
  readonly end: number;
  /** Whether `readBlock` has read it. @default another reader has */
  readonly isBlock?: true;
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

/**
 * The error at `offset` of `chunk`, with its line and column. It shows nothing of the text: nobody knows yet what the
 * document is, and it may be a Secret.
 */
export function fault(chunk: Chunk, offset: number, message: string, hint?: string): SeaworthyError {
  const { text, source } = chunk;
  const at = Math.min(offset, text.trimEnd().length);
  const line = new LineCursor(chunk).at(at);
  const column = at - startOfLine(text, at) + 1;
  return new SeaworthyError({
    code: 'INVALID_YAML',
    place: `line ${line}, column ${column}`,
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(source === undefined ? {} : { source: `${source}:${line}:${column}` }),
  });
}

function startOfLine(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}
