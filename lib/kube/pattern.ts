import { RE2JS } from 're2js';

/**
 * A regular expression as Go reads it (RE2): no back references, no looking around, and time linear in the text,
 * whatever the expression. It is compiled when it is first used.
 *
 * Source: Go's regexp, by which the API server matches `pattern` of custom resources and `matches` of CEL.
 */
export class Pattern {
  readonly source: string;
  #compiled: RE2JS | string | undefined;

  constructor(source: string) {
    this.source = source;
  }

  /** Why it is no regular expression; nothing where it is one. */
  get problem(): string | undefined {
    const compiled = this.#compile();
    return typeof compiled === 'string' ? compiled : undefined;
  }

  /** Whether it matches somewhere in `text`; an expression that is none matches nothing. */
  test(text: string): boolean {
    const compiled = this.#compile();
    return typeof compiled !== 'string' && compiled.matcher(text).find();
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
