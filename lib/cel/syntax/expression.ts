/** A literal value. */
export type LiteralValue =
  | { readonly type: 'null' }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'int' | 'uint'; readonly value: bigint }
  | { readonly type: 'double'; readonly value: number }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'bytes'; readonly value: Uint8Array };

interface Node {
  /** Its UTF-16 offset in the text. */
  readonly at: number;
}

export interface Literal extends Node {
  readonly kind: 'literal';
  readonly literal: LiteralValue;
}

export interface Ident extends Node {
  readonly kind: 'ident';
  readonly name: string;
}

/** `operand.field`, or `has(operand.field)`. */
export interface Select extends Node {
  readonly kind: 'select';
  readonly operand: Expr;
  readonly field: string;
  readonly isTest: boolean;
}

/** A call of a function, a method or an operator; operators have their names from the language definition: `_+_`. */
export interface Call extends Node {
  readonly kind: 'call';
  readonly name: string;
  readonly target?: Expr;
  readonly args: readonly Expr[];
}

export interface ListLiteral extends Node {
  readonly kind: 'list';
  readonly items: readonly { readonly value: Expr; readonly isOptional: boolean }[];
}

export interface MapLiteral extends Node {
  readonly kind: 'map';
  readonly entries: readonly { readonly key: Expr; readonly value: Expr; readonly isOptional: boolean }[];
}

/** `Object.spec{replicas: 1}` */
export interface StructLiteral extends Node {
  readonly kind: 'struct';
  readonly typeName: string;
  readonly fields: readonly StructField[];
}

export interface StructField {
  readonly at: number;
  readonly name: string;
  readonly value: Expr;
  readonly isOptional: boolean;
}

/** The expansion of a macro: a fold over a list or a map. */
export interface Comprehension extends Node {
  readonly kind: 'comprehension';
  readonly range: Expr;
  readonly variable: string;
  readonly variable2?: string;
  readonly accumulator: string;
  readonly init: Expr;
  readonly condition: Expr;
  readonly step: Expr;
  readonly result: Expr;
}

export type Expr = Literal | Ident | Select | Call | ListLiteral | MapLiteral | StructLiteral | Comprehension;

/** The name of the accumulator in expanded macros; it is not valid in an expression. */
export const ACCUMULATOR = '@result';

export function literal(at: number, value: LiteralValue): Literal {
  return { kind: 'literal', at, literal: value };
}

export function bool(at: number, value: boolean): Literal {
  return literal(at, { type: 'bool', value });
}

export function ident(at: number, name: string): Ident {
  return { kind: 'ident', at, name };
}

export function call(at: number, name: string, ...args: readonly Expr[]): Call {
  return { kind: 'call', at, name, args };
}

export function method(at: number, target: Expr, name: string, ...args: readonly Expr[]): Call {
  return { kind: 'call', at, name, target, args };
}

export function list(at: number, ...values: readonly Expr[]): ListLiteral {
  return { kind: 'list', at, items: values.map((value) => ({ value, isOptional: false })) };
}

/** `a.b.c`, if the expression is a qualified name. */
export function qualifiedName(expr: Expr): string | undefined {
  const parts: string[] = [];
  let part = expr;
  while (part.kind === 'select') {
    if (part.isTest) return undefined;
    parts.unshift(part.field);
    part = part.operand;
  }
  return part.kind === 'ident' ? [part.name, ...parts].join('.') : undefined;
}
