import type * as Re2 from 're2js';
import type { RE2JS } from 're2js';

/**
 * A regular expression in Go's syntax (RE2): no backreferences, no lookaround, and time linear in the text. It is
 * compiled on first use. The API server uses this syntax for `pattern` of custom resources and `matches` of CEL.
 */
export class Pattern {
  readonly source: string;
  #compiled: RE2JS | string | undefined;

  constructor(source: string) {
    this.source = source;
  }

  /** Why it is not a valid regular expression; undefined when it is valid. */
  get problem(): string | undefined {
    const compiled = this.#compile();
    return typeof compiled === 'string' ? compiled : undefined;
  }

  /** Whether it matches somewhere in `text`; an invalid expression matches nothing. */
  test(text: string): boolean {
    return this.#matcher(text)?.find() ?? false;
  }

  /** The first match in `text`, as FindString of Go's `regexp` returns it: the empty string when nothing matches. */
  find(text: string): string {
    const matcher = this.#matcher(text);
    return matcher?.find() === true ? (matcher.group() ?? '') : '';
  }

  /** The matches in `text`, at most `limit` unless that is negative, as FindAllString of Go's `regexp` returns them. */
  findAll(text: string, limit = -1n): string[] {
    const [found, matcher]: [string[], ReturnType<RE2JS['matcher']> | undefined] = [[], this.#matcher(text)];
    let end = -1;
    while (matcher !== undefined && (limit < 0n || BigInt(found.length) < limit) && matcher.find()) {
      // Go ignores an empty match right after another match.
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
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- on first use: few manifests need an expression
    const re2 = require('re2js') as typeof Re2;
    try {
      this.#compiled = re2.RE2JS.compile(this.source);
    } catch (error) {
      this.#compiled = error instanceof Error ? error.message : String(error);
    }
    return this.#compiled;
  }
}
