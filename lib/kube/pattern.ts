import { RE2JS } from 're2js';

/**
 * A regular expression as Go reads it (RE2): no back references, no lookaround, and time linear in the text. It is
 * compiled when it is first used. The API server matches `pattern` of custom resources and `matches` of CEL so.
 */
export class Pattern {
  readonly source: string;
  #compiled: RE2JS | string | undefined;

  constructor(source: string) {
    this.source = source;
  }

  /** Why it is not a regular expression; nothing for one that is. */
  get problem(): string | undefined {
    const compiled = this.#compile();
    return typeof compiled === 'string' ? compiled : undefined;
  }

  /** Whether it matches somewhere in `text`; an expression that is none matches nothing. */
  test(text: string): boolean {
    return this.#matcher(text)?.find() ?? false;
  }

  /** The first part of `text` that it matches, as FindString of Go's `regexp`: the empty text where it matches none. */
  find(text: string): string {
    const matcher = this.#matcher(text);
    return matcher?.find() === true ? (matcher.group() ?? '') : '';
  }

  /** The parts of `text` that it matches, at most `limit` unless that is negative, as FindAllString of Go's `regexp`. */
  findAll(text: string, limit = -1n): string[] {
    const [found, matcher]: [string[], ReturnType<RE2JS['matcher']> | undefined] = [[], this.#matcher(text)];
    let end = -1;
    while (matcher !== undefined && (limit < 0n || BigInt(found.length) < limit) && matcher.find()) {
      // Go finds nothing empty right behind a match.
      if (matcher.start() !== matcher.end() || matcher.start() !== end) found.push(matcher.group() ?? '');
      end = matcher.end();
    }
    return found;
  }

  #matcher(text: string): ReturnType<RE2JS['matcher']> | undefined {
    const compiled = this.#compile();
    return typeof compiled === 'string' ? undefined : compiled.matcher(text);
  }

  #compile(): RE2JS | string {
    if (this.#compiled !== undefined) return this.#compiled;
    try {
      this.#compiled = RE2JS.compile(this.source);
    } catch (error) {
      this.#compiled = error instanceof Error ? error.message : String(error);
    }
    return this.#compiled;
  }
}
