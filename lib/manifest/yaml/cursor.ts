/** A place in a text. Columns and indexes count characters, as libyaml does; offsets count UTF-16 units. */
export interface Mark {
  readonly offset: number;
  readonly index: number;
  /** Counted from 0. */
  readonly line: number;
  /** Counted from 0. */
  readonly column: number;
}

export const TAB = 9;
export const LINE_FEED = 10;
export const CARRIAGE_RETURN = 13;
export const SPACE = 32;
const NEXT_LINE = 0x85;
const LINE_SEPARATOR = 0x2028;
const PARAGRAPH_SEPARATOR = 0x2029;

/** The code of the end of a text, which holds no NUL itself. */
const END = 0;

export function isBlank(code: number): boolean {
  return code === SPACE || code === TAB;
}

/** Whether `code` ends a line in YAML 1.1, which knows three more line breaks than YAML 1.2. */
export function isBreak(code: number): boolean {
  return (
    code === LINE_FEED ||
    code === CARRIAGE_RETURN ||
    code === NEXT_LINE ||
    code === LINE_SEPARATOR ||
    code === PARAGRAPH_SEPARATOR
  );
}

export function isBreakOrEnd(code: number): boolean {
  return code === END || isBreak(code);
}

export function isBlankOrEnd(code: number): boolean {
  return isBlank(code) || isBreakOrEnd(code);
}

/** Characters of anchors, of the names of directives and of the handles of tags. */
export function isWordCharacter(code: number): boolean {
  return (
    (code >= 48 && code <= 57) ||
    (code >= 65 && code <= 90) ||
    (code >= 97 && code <= 122) ||
    code === 95 ||
    code === 45
  );
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Walks over a text and counts lines and columns. */
export class Cursor {
  readonly text: string;
  offset = 0;
  line = 0;
  /** Index of the first character of the line. */
  private lineStart = 0;
  /** Characters of two UTF-16 units before `offset`. */
  private pairs = 0;

  constructor(text: string) {
    this.text = text;
  }

  get column(): number {
    return this.offset - this.pairs - this.lineStart;
  }

  get mark(): Mark {
    const index = this.offset - this.pairs;
    return { offset: this.offset, index, line: this.line, column: index - this.lineStart };
  }

  /** The UTF-16 unit `ahead` of the next one; 0 at the end. */
  peek(ahead = 0): number {
    const at = this.offset + ahead;
    return at < this.text.length ? this.text.charCodeAt(at) : END;
  }

  get isAtEnd(): boolean {
    return this.offset >= this.text.length;
  }

  /** Passes `count` characters of one unit. */
  skip(count = 1): void {
    this.offset += count;
  }

  /** Passes blanks. */
  skipBlanks(): void {
    while (isBlank(this.peek())) this.offset++;
  }

  /** Passes a comment, if one starts here, up to its line break. */
  skipComment(): void {
    if (this.peek() === 35) this.takeWhile((code) => !isBreakOrEnd(code));
  }

  /** The text up to the first unit that `accepts` refuses. */
  takeWhile(accepts: (code: number) => boolean): string {
    let end = this.offset;
    while (end < this.text.length && accepts(this.text.charCodeAt(end))) end++;
    return this.takeTo(end);
  }

  /** The text up to `end`. */
  takeTo(end: number): string {
    const taken = this.text.slice(this.offset, end);
    if (SURROGATE.test(taken)) this.pairs += taken.match(PAIR)?.length ?? 0;
    this.offset = end;
    return taken;
  }

  /** Passes a line break, if there is one, and returns what a scalar keeps of it. */
  takeBreak(): string {
    const code = this.peek();
    if (!isBreak(code)) return '';
    this.offset += code === CARRIAGE_RETURN && this.peek(1) === LINE_FEED ? 2 : 1;
    this.line++;
    this.lineStart = this.offset - this.pairs;
    return code === LINE_SEPARATOR || code === PARAGRAPH_SEPARATOR ? String.fromCharCode(code) : '\n';
  }

  /** Whether `---` or `...` stands here at the start of a line. */
  isAtDocumentMarker(marker?: '---' | '...'): boolean {
    if (this.column !== 0 || !isBlankOrEnd(this.peek(3))) return false;
    return marker === undefined
      ? this.isAtDocumentMarker('---') || this.isAtDocumentMarker('...')
      : this.text.startsWith(marker, this.offset);
  }
}

const SURROGATE = /[\ud800-\udbff]/;
const PAIR = /[\ud800-\udbff][\udc00-\udfff]/g;
