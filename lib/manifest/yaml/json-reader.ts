import { isDeepStrictEqual } from 'node:util';
import { setOwn, type PlainRecord } from '../data';
import { pathOf } from '../path';
import type { Dropped } from '../manifest';
import { DEEPEST, fault, type Chunk, type Recorder } from './chunk';
import type { LineNumbers } from './lines';
import { exact } from './resolve';

const SPACE = /[ \t\r\n]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?/y;
const LITERAL = /true|false|null/y;
/** Digits. A longer integer is none of 64 bits. */
const LONGEST_INTEGER = 30;
/** Escapes of a surrogate without its other half: Go decodes them as the replacement character. */
const LONE_SURROGATE = /[\ud800-\udfff]/gu;

/** A JSON text is not right; where, and what is missing. */
export class JsonFault extends Error {
  readonly offset: number;
  readonly hint: string | undefined;

  constructor(offset: number, message: string, hint?: string) {
    super(message);
    this.offset = offset;
    this.hint = hint;
  }
}

/**
 * Reads JSON as Go does, one value after the other: of a key twice the last counts, an integer is an int64 if it fits in
 * one and otherwise a float, and a float that is too large is an error.
 */
export class JsonReader {
  /** What stands in the value and is lost. */
  readonly dropped: Dropped[] = [];
  /** Where the last value ends. */
  offset: number;
  /** Where a number stands that is too large. */
  private firstInfinity: number | undefined;
  private readonly chunk: Chunk;
  private readonly text: string;
  private readonly lines: LineNumbers;
  private readonly record: Recorder | undefined;
  private readonly steps: (string | number)[] = [];

  constructor(chunk: Chunk, lines: LineNumbers, offset: number, record?: Recorder) {
    this.chunk = chunk;
    this.text = chunk.text;
    this.lines = lines;
    this.offset = offset;
    this.record = record;
  }

  /** Passes space, and returns whether anything follows. */
  skipSpace(): boolean {
    this.match(SPACE);
    return this.offset < this.text.length;
  }

  /**
   * The next value.
   *
   * @throws JsonFault where the text is no JSON; SeaworthyError INVALID_YAML for JSON that kubectl does not take either
   */
  next(): unknown {
    this.skipSpace();
    const value = this.value();
    if (this.firstInfinity === undefined) return value;
    const message = 'the number does not fit in a 64-bit float';
    throw fault(this.chunk, this.firstInfinity, message, 'Quote it, or write fewer digits.');
  }

  private value(): unknown {
    this.skipSpace();
    switch (this.text[this.offset]) {
      case '{':
        return this.object();
      case '[':
        return this.list();
      case '"':
        return this.string();
      case undefined:
        throw new JsonFault(this.offset, 'unexpected end of JSON input');
      default:
        return this.literal();
    }
  }

  private object(): PlainRecord {
    const record: PlainRecord = {};
    const keys = new Map<string, number>();
    this.entries('}', "expected ',' or '}' after an entry", () => {
      const { offset } = this;
      if (this.text[offset] !== '"') throw new JsonFault(offset, 'expected a key in double quotes');
      const key = this.string();
      this.skipSpace();
      if (this.text[this.offset] !== ':') throw new JsonFault(this.offset, "expected ':' after a key");
      this.offset++;
      const place = this.noteDuplicate(keys, key, offset);
      this.record?.(record, key, offset);
      const value = this.below(key);
      const duplicate = place === undefined ? undefined : this.dropped[place];
      if (place !== undefined && duplicate !== undefined && isDeepStrictEqual(record[key], value))
        this.dropped[place] = { ...duplicate, isSame: true };
      setOwn(record, key, value);
    });
    return record;
  }

  /** The place among what is lost of a key that stands again. */
  private noteDuplicate(keys: Map<string, number>, key: string, offset: number): number | undefined {
    const before = keys.get(key);
    keys.set(key, offset);
    if (before === undefined) return undefined;
    const lines = [this.lines.at(before), this.lines.at(offset)];
    return this.dropped.push({ what: 'duplicate-key', path: pathOf([...this.steps, key]), lines }) - 1;
  }

  private list(): unknown[] {
    const items: unknown[] = [];
    this.entries(']', "expected ',' or ']' after an item", () => {
      this.record?.(items, items.length, this.offset);
      items.push(this.below(items.length));
    });
    return items;
  }

  private below(step: string | number): unknown {
    this.steps.push(step);
    if (this.steps.length > DEEPEST) throw fault(this.chunk, this.offset, `nested more than ${DEEPEST} deep`);
    const value = this.value();
    this.steps.pop();
    return value;
  }

  /** The entries between brackets, with a comma between them and none behind the last. */
  private entries(end: string, refusal: string, read: () => void): void {
    const start = this.offset;
    this.offset++;
    this.skipSpace();
    for (let isFirst = true; isFirst ? this.text[this.offset] !== end : true; isFirst = false) {
      read();
      if (!this.skipSpace()) throw new JsonFault(start, 'unexpected end of JSON input', 'Close the bracket.');
      if (this.text[this.offset] === end) break;
      if (this.text[this.offset] !== ',') throw new JsonFault(this.offset, refusal);
      this.offset++;
      this.skipSpace();
    }
    this.offset++;
  }

  private string(): string {
    const start = this.offset;
    this.offset = afterString(this.text, start);
    try {
      const value = JSON.parse(this.text.slice(start, this.offset)) as string;
      return value.replace(LONE_SURROGATE, '\ufffd');
    } catch {
      // Its message shows the text.
      throw new JsonFault(
        start,
        'invalid string',
        'Close the quote, and escape line breaks and backslashes.',
      );
    }
  }

  /** A word or a number, which ends where it can: another value may follow without space. */
  private literal(): unknown {
    const start = this.offset;
    const word = this.match(LITERAL);
    if (word !== '') return JSON.parse(word) as unknown;
    const number = this.match(NUMBER);
    const next = this.text.charAt(this.offset);
    const goesOn = (next === '.' && !/[.eE]/.test(number)) || (/[eE]/.test(next) && !/[eE]/.test(number));
    if (number === '' || goesOn) throw new JsonFault(start, 'expected a value', 'Quote text.');
    const isShortInteger = number.length < LONGEST_INTEGER && !/[.eE]/.test(number);
    const value = isShortInteger ? exact(BigInt(number)) : Number(number);
    if (value === Infinity || value === -Infinity) this.firstInfinity ??= start;
    return value;
  }

  private match(pattern: RegExp): string {
    pattern.lastIndex = this.offset;
    const [match = ''] = pattern.exec(this.text) ?? [];
    this.offset += match.length;
    return match;
  }
}

const BACKSLASH = 92;

/** The offset after the closing quote of the string that opens at `quote`. */
export function afterString(text: string, quote: number): number {
  for (let end = text.indexOf('"', quote + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = end;
    while (text.charCodeAt(backslashes - 1) === BACKSLASH) backslashes--;
    if ((end - backslashes) % 2 === 0) return end + 1;
  }
  return text.length;
}
