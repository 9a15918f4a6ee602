import { isBlank, isBreak, isBreakOrEnd, isDigit, SPACE, TAB, type Cursor, type Mark } from './cursor';
import type { Fail, Token } from './token';

const PLUS = 43;
const MINUS = 45;
const ZERO = 48;

type Chomping = 'clip' | 'keep' | 'strip';

/**
 * Scans a literal or folded scalar.
 *
 * @param parentIndent the column of the collection that it is in; -1 for none
 */
export function scanBlockScalar(cursor: Cursor, parentIndent: number, fail: Fail): Token {
  const start = cursor.mark;
  const isLiteral = cursor.text[cursor.offset] === '|';
  cursor.skip();
  const { chomping, increment } = scanHeader(cursor, start, fail);
  const lines = new BlockLines(cursor, parentIndent, increment, fail);
  let value = '';
  let lineBreak = '';
  let breaks = lines.breaks();
  let wasBlank = false;
  while (cursor.column === lines.indent && !cursor.isAtEnd) {
    const startsBlank = isBlank(cursor.peek());
    const folds = !isLiteral && !wasBlank && !startsBlank && lineBreak === '\n';
    if (!folds) value += lineBreak;
    else if (breaks === '') value += ' ';
    value += breaks;
    wasBlank = startsBlank;
    value += cursor.takeWhile((code) => !isBreak(code));
    lineBreak = cursor.takeBreak();
    breaks = lines.breaks();
  }
  if (chomping !== 'strip') value += lineBreak;
  if (chomping === 'keep') value += breaks;
  return { type: 'scalar', start, value, style: 'block' };
}

function scanHeader(cursor: Cursor, start: Mark, fail: Fail): { chomping: Chomping; increment: number } {
  let chomping = scanChomping(cursor);
  let increment = 0;
  if (isDigit(cursor.peek())) {
    increment = cursor.peek() - ZERO;
    if (increment === 0) fail('found an indentation indicator equal to 0', start);
    cursor.skip();
    chomping ??= scanChomping(cursor);
  }
  cursor.skipBlanks();
  cursor.skipComment();
  if (!isBreakOrEnd(cursor.peek()))
    fail(
      'did not find expected comment or line break',
      cursor.mark,
      'The text of a block begins on the next line.',
    );
  cursor.takeBreak();
  return { chomping: chomping ?? 'clip', increment };
}

function scanChomping(cursor: Cursor): Chomping | undefined {
  const code = cursor.peek();
  if (code !== PLUS && code !== MINUS) return undefined;
  cursor.skip();
  return code === PLUS ? 'keep' : 'strip';
}

/** The indentation and the blank lines of one block. */
class BlockLines {
  /** 0 until the first line with text says it. */
  indent: number;
  private readonly cursor: Cursor;
  private readonly parentIndent: number;
  private readonly fail: Fail;

  constructor(cursor: Cursor, parentIndent: number, increment: number, fail: Fail) {
    this.cursor = cursor;
    this.parentIndent = parentIndent;
    this.fail = fail;
    this.indent = increment > 0 ? Math.max(parentIndent, 0) + increment : 0;
  }

  /** Passes blank lines and the indentation behind them, and returns their line breaks. */
  breaks(): string {
    const { cursor } = this;
    let breaks = '';
    let deepest = 0;
    for (;;) {
      while (this.isInIndentation && cursor.peek() === SPACE) cursor.skip();
      deepest = Math.max(deepest, cursor.column);
      if (this.isInIndentation && cursor.peek() === TAB)
        this.fail(
          'found a tab character where an indentation space is expected',
          cursor.mark,
          'Indent with spaces.',
        );
      if (!isBreak(cursor.peek())) break;
      breaks += cursor.takeBreak();
    }
    if (this.indent === 0) this.indent = Math.max(deepest, this.parentIndent + 1, 1);
    return breaks;
  }

  private get isInIndentation(): boolean {
    return this.indent === 0 || this.cursor.column < this.indent;
  }
}
