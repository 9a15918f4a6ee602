import { CelSyntaxError } from '../problem';
import type { Token } from './tokens';

/** Reserved words, which are not valid names. */
export const WORDS: readonly string[] = ['true', 'false', 'null', 'in'];

const END: Token = { kind: 'end', text: '', at: 0 };

/** A position in the tokens of an expression. */
export abstract class Cursor {
  readonly #tokens: readonly Token[];
  #index = 0;

  constructor(words: readonly Token[]) {
    this.#tokens = words;
  }

  protected get token(): Token {
    return this.#tokens[this.#index] ?? END;
  }

  protected ahead(count: number): Token | undefined {
    return this.#tokens[this.#index + count];
  }

  protected skip(count = 1): void {
    this.#index += count;
  }

  protected is(text: string): boolean {
    const { kind } = this.token;
    return this.token.text === text && kind !== 'string' && kind !== 'bytes';
  }

  protected isNumber(ahead: number): boolean {
    const kind = this.ahead(ahead)?.kind;
    return kind === 'int' || kind === 'double';
  }

  protected take(): Token {
    const { token } = this;
    this.#index += 1;
    return token;
  }

  protected accept(text: string): boolean {
    if (!this.is(text)) return false;
    this.#index += 1;
    return true;
  }

  protected expect(text: string): Token {
    return this.is(text) ? this.take() : this.unexpected(`"${text}"`);
  }

  protected name(): Token {
    if (this.token.kind !== 'ident' || WORDS.includes(this.token.text)) this.unexpected('a name');
    return this.take();
  }

  protected unexpected(wanted?: string): never {
    const { kind, text, at } = this.token;
    const found = kind === 'end' ? 'the end' : JSON.stringify(text);
    const hint = wanted === undefined ? '' : `, where ${wanted} is expected`;
    throw new CelSyntaxError(at, `${found} is not expected here${hint}`);
  }
}
