import { endOfLine, KEY, skipSpaces } from './block';
import type { DocumentText } from './chunk';

const SPACE = 32;
const HASH = 35;
const DASH = 45;

/**
 * The offset of the key or item at `steps` of a document that `readBlock` has read, or of the innermost part of them that the
 * text has. Only the lines on the way are looked at, each once, where reading the document again would make all its values.
 */
export function offsetOf({ text, start }: DocumentText, steps: readonly (string | number)[]): number {
  return new Seeker(text, start).offsetOf(steps);
}

/** A walk over lines that are known to be in plain block style. */
class Seeker {
  private readonly text: string;
  /** Of the current line: where it and its content start, where it ends, and the column of its content; -1 at the end. */
  private lineStart: number;
  private start: number;
  private end: number;
  private indent: number;
  /** Whether a map or a list starts here; otherwise what was found is a scalar. */
  private isAtNode = true;

  constructor(text: string, start: number) {
    this.text = text;
    this.lineStart = text.lastIndexOf('\n', start - 1) + 1;
    this.start = start;
    this.end = endOfLine(text, start);
    this.indent = start - this.lineStart;
  }

  offsetOf(steps: readonly (string | number)[]): number {
    let found = this.start;
    for (const step of steps) {
      if (!this.isAtNode) break;
      const { indent } = this;
      const offset = typeof step === 'number' ? this.item(step, indent) : this.entry(step, indent);
      if (offset === undefined) break;
      found = offset;
    }
    return found;
  }

  /** Goes to the value of the entry `key` of the map at `indent`. */
  private entry(key: string, indent: number): number | undefined {
    do {
      if (this.atDash(this.start)) return undefined;
      KEY.lastIndex = this.start;
      const match = KEY.exec(this.text);
      if (match === null) return undefined;
      if ((match[1] ?? match[2] ?? match[3]) === key) {
        const offset = this.start;
        this.enterValue(KEY.lastIndex, indent);
        return offset;
      }
    } while (this.nextAt(indent, false));
    return undefined;
  }

  /** Goes to the item `index` of the list at `indent`. */
  private item(index: number, indent: number): number | undefined {
    for (let at = 0; at < index; at++) if (!this.nextAt(indent, true)) return undefined;
    if (!this.atDash(this.start)) return undefined;
    const at = skipSpaces(this.text, this.start + 1);
    if (at < this.end) {
      // A map or list that begins behind the dash is indented by the column it begins at.
      this.start = at;
      this.indent = at - this.lineStart;
      KEY.lastIndex = at;
      this.isAtNode = this.atDash(at) || KEY.test(this.text);
      return at;
    }
    this.next();
    this.isAtNode = this.indent > indent;
    return this.isAtNode ? this.start : at;
  }

  private enterValue(afterColon: number, indent: number): void {
    if (skipSpaces(this.text, afterColon) < this.end) {
      this.isAtNode = false;
      return;
    }
    this.next();
    this.isAtNode = this.indent > indent || (this.indent === indent && this.atDash(this.start));
  }

  /** Goes over the rest of an entry or item to the next one of the same map or list; returns whether there is one. */
  private nextAt(indent: number, isList: boolean): boolean {
    do this.next();
    while (this.indent > indent || (this.indent === indent && !isList && this.atDash(this.start)));
    return this.indent === indent && this.atDash(this.start) === isList;
  }

  /** Goes to the next line that holds more than blanks and a comment. */
  private next(): void {
    const { text } = this;
    let lineStart = this.end + 1;
    while (lineStart < text.length) {
      const start = skipSpaces(text, lineStart);
      const end = endOfLine(text, start);
      if (start < end && text.charCodeAt(start) !== HASH) {
        this.lineStart = lineStart;
        this.start = start;
        this.end = end;
        this.indent = start - lineStart;
        return;
      }
      lineStart = end + 1;
    }
    this.indent = -1;
  }

  private atDash(at: number): boolean {
    return (
      this.text.charCodeAt(at) === DASH && (at + 1 === this.end || this.text.charCodeAt(at + 1) === SPACE)
    );
  }
}
