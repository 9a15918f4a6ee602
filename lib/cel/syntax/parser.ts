import { CelSyntaxError } from '../problem';
import type { Expr, MapLiteral, StructField } from './expression';
import { bool, call, ident, literal } from './expression';
import { expand } from './macros';
import type { MacroSet } from './macros';
import { literalOf } from './literal-values';
import { tokens } from './tokens';
import type { Token } from './tokens';
import { Cursor, WORDS } from './cursor';

export interface Syntax {
  readonly macros: MacroSet;
  /** Whether `a.?b`, `a[?b]` and `{?a: b}` are supported: since 1.29. */
  readonly hasOptionals: boolean;
}

/** The limits of the API server's parser, which keep later passes from overflowing the stack. */
const LONGEST = 100_000;
const DEEPEST = 250;

const RESERVED = new Set(
  `as break const continue else for function if import let loop package namespace return var void while`.split(
    ' ',
  ),
);
const RELATIONS = ['<', '<=', '>=', '>', '==', '!=', 'in'];
const SUMS = ['+', '-'];
const PRODUCTS = ['*', '/', '%'];

/** @throws CelSyntaxError at the first unexpected token */
export function parse(text: string, syntax: Syntax): Expr {
  if (text.length > LONGEST && Array.from(text).length > LONGEST)
    throw new CelSyntaxError(0, `it is longer than ${LONGEST} characters`);
  return new Parser(tokens(text), syntax).whole();
}

/** A recursive descent parser; each method parses one rule of the grammar. */
class Parser extends Cursor {
  readonly #syntax: Syntax;
  /** The depth of each node, so that long chains (`a.b.c…`) count as deep. */
  readonly #depths = new WeakMap<Expr, number>();
  #nesting = 0;

  constructor(words: readonly Token[], syntax: Syntax) {
    super(words);
    this.#syntax = syntax;
  }

  whole(): Expr {
    const result = this.#expr();
    if (this.token.kind !== 'end') this.unexpected();
    return result;
  }

  /** Records the depth of `expr` above `parts`. */
  #deep(expr: Expr, ...parts: readonly Expr[]): Expr {
    const depth = 1 + Math.max(0, ...parts.map((part) => this.#depths.get(part) ?? 0));
    if (depth > DEEPEST) throw new CelSyntaxError(expr.at, `it is more than ${DEEPEST} levels deep`);
    this.#depths.set(expr, depth);
    return expr;
  }

  #expr(): Expr {
    this.#nesting += 1;
    if (this.#nesting > DEEPEST)
      throw new CelSyntaxError(this.token.at, `it is more than ${DEEPEST} levels deep`);
    const condition = this.#chain('||', '_||_', () => this.#chain('&&', '_&&_', () => this.#relation()));
    let result = condition;
    const { at } = this.token;
    if (this.accept('?')) {
      const yes = this.#chain('||', '_||_', () => this.#chain('&&', '_&&_', () => this.#relation()));
      this.expect(':');
      const no = this.#expr();
      result = this.#deep(call(at, '_?_:_', condition, yes, no), condition, yes, no);
    }
    this.#nesting -= 1;
    return result;
  }

  /** Builds `a && b && c` as a balanced tree, as the API server does, so that long expressions are not deep. */
  #chain(sign: string, operator: string, operand: () => Expr): Expr {
    const terms = [operand()];
    const places: number[] = [];
    while (this.is(sign)) {
      places.push(this.take().at);
      terms.push(operand());
    }
    return this.#balanced(operator, terms, places, 0, terms.length - 1);
  }

  #balanced(operator: string, terms: Expr[], places: number[], from: number, to: number): Expr {
    const only = terms[from];
    if (from === to && only !== undefined) return only;
    const middle = Math.floor((from + to + 1) / 2);
    const left = this.#balanced(operator, terms, places, from, middle - 1);
    const right = this.#balanced(operator, terms, places, middle, to);
    return this.#deep(call(places[middle - 1] ?? 0, operator, left, right), left, right);
  }

  #relation(): Expr {
    return this.#infix(RELATIONS, () => this.#infix(SUMS, () => this.#infix(PRODUCTS, () => this.#unary())));
  }

  #infix(signs: readonly string[], operand: () => Expr): Expr {
    let left = operand();
    while (signs.some((sign) => this.is(sign))) {
      const { text, at } = this.take();
      const right = operand();
      left = this.#deep(call(at, text === 'in' ? '@in' : `_${text}_`, left, right), left, right);
    }
    return left;
  }

  #unary(): Expr {
    const { at, text } = this.token;
    if (!this.is('!') && !this.is('-')) return this.#member();
    let isOdd = false;
    while (this.is(text)) {
      if (text === '-' && this.isNumber(1)) break;
      this.skip();
      isOdd = !isOdd;
    }
    const operand = this.#member();
    return isOdd ? this.#deep(call(at, text === '!' ? '!_' : '-_', operand), operand) : operand;
  }

  #member(): Expr {
    let operand = this.#primary();
    for (;;) {
      const { at } = this.token;
      if (this.accept('.')) operand = this.#deep(this.#afterDot(operand, at), operand);
      else if (this.accept('[')) {
        const isOptional = this.#optionalSign();
        const index = this.#expr();
        this.expect(']');
        operand = this.#deep(call(at, isOptional ? '_[?_]' : '_[_]', operand, index), operand, index);
      } else return operand;
    }
  }

  #afterDot(operand: Expr, dot: number): Expr {
    const isOptional = this.#optionalSign();
    const name = this.name();
    if (isOptional) return call(dot, '_?._', operand, literal(name.at, { type: 'string', value: name.text }));
    const { at } = this.token;
    if (!this.accept('(')) return { kind: 'select', at: dot, operand, field: name.text, isTest: false };
    const args = this.#args();
    return expand(this.#syntax.macros, { kind: 'call', at, name: name.text, target: operand, args });
  }

  #optionalSign(): boolean {
    const { at } = this.token;
    if (!this.accept('?')) return false;
    if (!this.#syntax.hasOptionals)
      throw new CelSyntaxError(
        at,
        'optional values ("?") have no meaning in new expressions before Kubernetes 1.29',
      );
    return true;
  }

  #args(): Expr[] {
    const args: Expr[] = [];
    if (!this.is(')')) {
      do args.push(this.#expr());
      while (this.accept(','));
    }
    this.expect(')');
    return args;
  }

  #primary(): Expr {
    const { at, kind, text } = this.token;
    if (this.accept('(')) {
      const inner = this.#expr();
      this.expect(')');
      return inner;
    }
    if (this.accept('[')) return this.#list(at);
    if (this.accept('{')) return this.#map(at);
    if (this.is('.') || (kind === 'ident' && !WORDS.includes(text))) return this.#named();
    return this.#literal();
  }

  /** A variable, a call, or a message: `a`, `f(…)`, `a.b.C{…}`, with or without a leading dot. */
  #named(): Expr {
    const { at } = this.token;
    const dot = this.accept('.') ? '.' : '';
    const struct = this.#structName();
    if (struct !== undefined) return this.#struct(at, dot + struct);
    const name = this.name();
    if (RESERVED.has(name.text)) throw new CelSyntaxError(name.at, `${name.text} is a reserved word`);
    const open = this.token.at;
    if (!this.accept('(')) return ident(at, dot + name.text);
    return expand(this.#syntax.macros, { kind: 'call', at: open, name: dot + name.text, args: this.#args() });
  }

  /** Looks ahead for a qualified name followed by a brace. */
  #structName(): string | undefined {
    let name = '';
    for (let ahead = 0; ; ahead += 2) {
      const [word, after] = [this.ahead(ahead), this.ahead(ahead + 1)];
      if (word?.kind !== 'ident' || after?.kind !== 'sign') return undefined;
      name += word.text;
      if (after.text === '{') {
        this.skip(ahead + 1);
        return name;
      }
      if (after.text !== '.') return undefined;
      name += '.';
    }
  }

  #struct(start: number, typeName: string): Expr {
    const { at } = this.expect('{');
    const fields: StructField[] = [];
    this.#onlyComma('}');
    while (!this.is('}')) {
      const isOptional = this.#optionalSign();
      const name = this.name().text;
      const colon = this.expect(':').at;
      fields.push({ at: colon, name, value: this.#expr(), isOptional });
      if (!this.accept(',')) break;
    }
    this.expect('}');
    return { kind: 'struct', at: at || start, typeName, fields };
  }

  /** The grammar accepts `[,]` and `{,}` as empty literals. */
  #onlyComma(close: string): void {
    if (this.is(',') && this.ahead(1)?.text === close) this.skip();
  }

  #list(at: number): Expr {
    const items: { value: Expr; isOptional: boolean }[] = [];
    this.#onlyComma(']');
    while (!this.is(']')) {
      const isOptional = this.#optionalSign();
      items.push({ value: this.#expr(), isOptional });
      if (!this.accept(',')) break;
    }
    this.expect(']');
    return { kind: 'list', at, items };
  }

  #map(at: number): Expr {
    const entries: MapLiteral['entries'][number][] = [];
    this.#onlyComma('}');
    while (!this.is('}')) {
      const isOptional = this.#optionalSign();
      const key = this.#expr();
      this.expect(':');
      entries.push({ key, value: this.#expr(), isOptional });
      if (!this.accept(',')) break;
    }
    this.expect('}');
    return { kind: 'map', at, entries };
  }

  #literal(): Expr {
    const { at } = this.token;
    const sign = this.is('-') && this.isNumber(1) ? this.take().text : '';
    const { kind, text } = this.token;
    if (kind === 'end' || kind === 'sign' || (kind === 'ident' && text === 'in')) this.unexpected();
    this.skip();
    if (kind === 'ident') {
      return text === 'null' ? literal(at, { type: 'null' }) : bool(at, text === 'true');
    }
    return literal(at, literalOf(kind, text, sign, at));
  }
}
