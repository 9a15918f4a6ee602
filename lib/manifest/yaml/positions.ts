import { SeaworthyError } from '../../errors';
import type { PlainRecord } from '../data';
import { stepInto, stepsTo } from '../step';
import { readBlock } from './block';
import { commentAt } from './comments';
import type { Chunk, DocumentText, Recorder } from './chunk';
import { composeDocument } from './compose';
import { JsonFault, JsonReader } from './json-reader';
import { LineNumbers } from './lines';
import { resolve, type Resolved } from './resolve';

/** A place in a document, both counted from 1; line 1 is the one that its content starts on. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The part of a document that a value and its key take. */
export interface Extent {
  readonly start: Position;
  /** Where the next field or item starts, or the document ends. */
  readonly end: Position;
  /** Whether nothing but blanks and dashes is before the end on its line. */
  readonly endsWithLine: boolean;
}

/** A scalar without quotes, and what YAML makes of it. */
export interface Scalar {
  readonly text: string;
  readonly value: Resolved;
}

/** What may stand before a value: its key, in any style, and the colon. */
const KEY = /(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\n:]+(?::[^\s][^\n:]*)*)[ \t]*:[ \t]+/y;

/** The positions of the fields of one document. */
export class Positions {
  /** The value of the document. */
  readonly content: unknown;
  private readonly offsets: ReadonlyMap<object, ReadonlyMap<string | number, number>>;
  private readonly text: string;
  /** Where the content starts in `text`: a column after `--- `, else the indentation of the document. */
  private readonly start: number;
  private readonly lineStarts: readonly number[];

  /** Positions of the fields of a document, which is read again for them; `undefined` if it cannot be read on its own. */
  static of(document: DocumentText): Positions | undefined {
    try {
      return new Positions(document);
    } catch (error) {
      // A document may need the text before it, such as a directive.
      if (error instanceof SeaworthyError) return undefined;
      throw error;
    }
  }

  private constructor({ text, start, end }: DocumentText) {
    const lineStart = text.lastIndexOf('\n', start - 1) + 1;
    const isIndented = text.slice(lineStart, start).trim() === '';
    // Blanks replace the text before the content on its line, so that columns stay the same.
    this.text = `${isIndented ? text.slice(lineStart, start) : ' '.repeat(start - lineStart)}${text.slice(start, end)}\n`;
    this.start = start - lineStart;
    const offsets = new Map<object, Map<string | number, number>>();
    const record: Recorder = (container, key, offset) => {
      const known = offsets.get(container);
      if (known === undefined) offsets.set(container, new Map([[key, offset]]));
      else known.set(key, offset);
    };
    this.content = valueOf({ text: this.text, line: 1 }, this.start, record);
    this.offsets = offsets;
    this.lineStarts = [0, ...[...this.text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  }

  /** Where the field at `path` starts, or the innermost part of the path that exists. */
  at(path: string): Position {
    return this.position(this.offsetOf(path));
  }

  /** The comments at the line of the field at `path`: after it, and on the lines directly above. Empty without any. */
  commentAt(path: string): string {
    return commentAt(this.text, 0, this.offsetOf(path));
  }

  private offsetOf(path: string): number {
    let offset = this.start;
    let here = this.content;
    for (let rest = path; rest !== '';) {
      const step = stepInto(here, rest);
      if (step === undefined) break;
      offset = this.offsets.get(step.container)?.get(step.key) ?? offset;
      here = step.value;
      rest = rest.slice(step.length);
    }
    return offset;
  }

  /** The text of a boolean, a number or null without quotes; `undefined` for any other value. */
  scalarAt(path: string): Scalar | undefined {
    const { steps, value, rest } = stepsTo(this.content, path);
    if (rest !== '' || typeof value === 'string' || (typeof value === 'object' && value !== null))
      return undefined;
    const container = steps
      .slice(0, -1)
      .reduce<unknown>((here, step) => (here as PlainRecord)[step], this.content);
    const last = steps.at(-1);
    const start = last === undefined ? undefined : this.offsets.get(container as object)?.get(last);
    if (start === undefined) return undefined;
    KEY.lastIndex = start;
    const from = typeof last === 'number' || !KEY.test(this.text) ? start : KEY.lastIndex;
    const line = this.text.slice(from, this.text.indexOf('\n', from));
    const texts = [line.replace(/(?:^|\s+)#.*$/, ''), line.replace(/[,}\]].*$/, '')].map((text) =>
      text.trim(),
    );
    // Only what is certain: an alias, or a tag, is no text that was misread.
    const text = texts.find((each) => Object.is(resolve(each), value));
    return text === undefined ? undefined : { text, value: resolve(text) };
  }

  /** The part of the document that the value at `steps` takes, the whole document for none; `undefined` if there is no such value. */
  extentOf(steps: readonly (string | number)[]): Extent | undefined {
    let [start, here] = [this.start, this.content];
    for (const step of steps) {
      if (typeof here !== 'object' || here === null) return undefined;
      start = this.offsets.get(here)?.get(step) ?? start;
      here = (here as Readonly<Record<string | number, unknown>>)[step];
    }
    const inside = new Set<number>();
    this.collect(here, inside);
    let end = steps.length === 0 ? undefined : this.nextAfter(start);
    while (end !== undefined && inside.has(end)) end = this.nextAfter(end);
    const last = this.position(end ?? this.text.trimEnd().length);
    const before = this.text.slice(this.lineStarts[last.line - 1], end);
    return {
      start: this.position(start),
      end: last,
      endsWithLine: end !== undefined && /^[\s-]*$/.test(before),
    };
  }

  private position(offset: number): Position {
    const line = this.lineStarts.findLastIndex((start) => start <= offset) + 1;
    return { line, column: offset - (this.lineStarts[line - 1] ?? 0) + 1 };
  }

  /** Adds the offsets of all that `value` holds to `found`. */
  private collect(value: unknown, found: Set<number>): void {
    const own = typeof value === 'object' && value !== null ? this.offsets.get(value) : undefined;
    for (const [key, offset] of own ?? []) {
      // What an alias repeats is somewhere else.
      if (found.has(offset)) continue;
      found.add(offset);
      this.collect((value as Readonly<Record<string | number, unknown>>)[key], found);
    }
  }

  private sorted: readonly number[] | undefined;

  private nextAfter(offset: number): number | undefined {
    this.sorted ??= [...this.offsets.values()].flatMap((own) => [...own.values()]).sort((a, b) => a - b);
    const { sorted } = this;
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] ?? 0) > offset) high = middle;
      else low = middle + 1;
    }
    return sorted[low];
  }
}

function valueOf(chunk: Chunk, start: number, record: Recorder): unknown {
  if (chunk.text.startsWith('{', start)) {
    try {
      return new JsonReader(chunk, new LineNumbers(chunk), start, record).next();
    } catch (error) {
      // A map in flow style that is no JSON.
      if (!(error instanceof JsonFault)) throw error;
    }
  }
  const block = readBlock(chunk, record);
  return block === undefined ? composeDocument(chunk, record)?.value : block.value;
}
