import type { Cursor, Mark } from './cursor';
import type { Fail } from './token';

/** Characters that a key without `?` may have before its colon: libyaml looks no further. */
export const LONGEST_KEY = 1024;

interface SimpleKey {
  possible: boolean;
  /** Whether nothing but a key may stand here. */
  readonly required: boolean;
  /** The number of its token among all tokens. */
  readonly token: number;
  readonly mark: Mark;
}

/**
 * The places where a key may have begun, one for each open flow collection. Whether it is a key shows when its colon is
 * found: until then, the tokens behind it cannot be given out.
 */
export class SimpleKeys {
  private readonly cursor: Cursor;
  private readonly fail: Fail;
  private readonly keys: SimpleKey[] = [];
  /** The depth of the key that begins at a token. */
  private readonly byToken = new Map<number, number>();

  constructor(cursor: Cursor, fail: Fail) {
    this.cursor = cursor;
    this.fail = fail;
    this.keys.push(this.impossible(0));
  }

  /** Notes that the next token, `token`, may be a key. */
  save(token: number, required: boolean): void {
    this.remove();
    const depth = this.keys.length - 1;
    this.keys[depth] = { possible: true, required, token, mark: this.cursor.mark };
    this.byToken.set(token, depth);
  }

  /** Drops the possible key at this depth. */
  remove(): void {
    const key = this.keys.at(-1);
    if (key?.possible !== true) return;
    if (key.required) this.missingColon(key);
    this.take(key);
  }

  /** Enters the flow collection that opens with `token`. */
  enterFlow(token: number): void {
    this.keys.push(this.impossible(token));
  }

  /** Leaves a flow collection. An empty one can be no key any more: libyaml forgets that its bracket was the beginning of one. */
  leaveFlow(): void {
    if (this.keys.length === 1) return;
    const key = this.keys.pop();
    if (key !== undefined) this.byToken.delete(key.token);
  }

  /** The key whose colon stands here, if there is one; it is taken. */
  takeAtColon(): SimpleKey | undefined {
    const key = this.keys.at(-1);
    if (key === undefined || !this.isValid(key)) return undefined;
    this.take(key);
    return key;
  }

  /** Whether the token may still turn out to be a key. */
  isPending(token: number): boolean {
    const depth = this.byToken.get(token);
    const key = depth === undefined ? undefined : this.keys[depth];
    return key !== undefined && this.isValid(key);
  }

  private impossible(token: number): SimpleKey {
    return { possible: false, required: false, token, mark: this.cursor.mark };
  }

  private take(key: SimpleKey): void {
    key.possible = false;
    this.byToken.delete(key.token);
  }

  private isValid(key: SimpleKey): boolean {
    if (!key.possible) return false;
    const { line, index } = this.cursor.mark;
    if (key.mark.line === line && key.mark.index + LONGEST_KEY >= index) return true;
    if (key.required) this.missingColon(key);
    key.possible = false;
    return false;
  }

  private missingColon({ mark }: SimpleKey): never {
    return this.fail(
      "could not find expected ':'",
      mark,
      'Write a key and a colon, or indent the line as part of the value above.',
    );
  }
}
