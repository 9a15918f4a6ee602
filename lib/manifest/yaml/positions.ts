import { SeaworthyError } from '../../errors';
import { readBlock } from './block';
import type { DocumentText, Recorder } from './chunk';
import { composeDocuments } from './compose';

/** A place in a document, both counted from 1; line 1 is the one that its content starts on. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The positions of the fields of one document. */
export class Positions {
  private readonly value: unknown;
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
    const chunk = { text: this.text, line: 1 };
    const block = readBlock(chunk, record);
    this.value = block === undefined ? composeDocuments(chunk, record)[0]?.value : block.value;
    this.offsets = offsets;
    this.lineStarts = [0, ...[...this.text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  }

  /** Where the field at `path` starts, or the innermost part of the path that exists. */
  at(path: string): Position {
    let offset = this.start;
    let here = this.value;
    for (let rest = path; rest !== '';) {
      const step = stepInto(here, rest);
      if (step === undefined) break;
      offset = this.offsets.get(step.container)?.get(step.key) ?? offset;
      here = step.value;
      rest = rest.slice(step.length);
    }
    const line = this.lineStarts.findLastIndex((start) => start <= offset) + 1;
    return { line, column: offset - (this.lineStarts[line - 1] ?? 0) + 1 };
  }
}

/** An entry of a map or list, and how much of a path names it. */
interface Step {
  readonly container: object;
  readonly key: string | number;
  readonly value: unknown;
  readonly length: number;
}

function stepInto(value: unknown, path: string): Step | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  return Array.isArray(value) ? itemAt(value, path) : entryAt(value, path);
}

function itemAt(container: readonly unknown[], path: string): Step | undefined {
  const match = /^\[(\d+)\]/.exec(path);
  if (match === null) return undefined;
  const key = Number(match[1]);
  return key < container.length
    ? { container, key, value: container[key], length: match[0].length }
    : undefined;
}

/** The entry that `path` begins with: `key`, `.key` or `[any key]`; of two, the one with the longer key. */
function entryAt(container: object, path: string): Step | undefined {
  let found: Step | undefined;
  for (const [key, value] of Object.entries(container)) {
    const written = [key, `.${key}`, `[${key}]`].find(
      (form) => path.startsWith(form) && /^(?:[.[]|$)/.test(path.slice(form.length)),
    );
    if (written !== undefined && written.length > (found?.length ?? 0))
      found = { container, key, value, length: written.length };
  }
  return found;
}
