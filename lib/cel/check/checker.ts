import type { Overload } from '../functions/overload';
import { problemAt } from '../problem';
import type { CelProblem } from '../problem';
import type {
  Call,
  Comprehension,
  Expr,
  ListLiteral,
  MapLiteral,
  Select,
  StructLiteral,
} from '../syntax/expression';
import { qualifiedName } from '../syntax/expression';
import type { Declarations } from './declarations';
import { resolveOverloads } from './overloads';
import type { Type } from './type';
import { BOOL, BYTES, DOUBLE, DYN, ERROR, INT, NULL, STRING, UINT } from './type';
import { describeType, listOf, mapOf, optionalOf, parameter, unwrapped } from './type';
import { Bindings, mostGeneral } from './unify';

/** The checker's results for an expression, by node. */
export interface Checked {
  readonly root: Expr;
  readonly types: ReadonlyMap<Expr, Type>;
  /** What identifiers, and selections that form a qualified name, refer to. */
  readonly names: ReadonlyMap<Expr, string>;
  readonly calls: ReadonlyMap<Expr, ResolvedCall>;
}

/** A call with its candidate overloads; more than one where types are known only at run time. */
export interface ResolvedCall {
  readonly name: string;
  readonly target: Expr | undefined;
  readonly overloads: readonly Overload[];
}

const LITERALS = {
  null: NULL,
  bool: BOOL,
  int: INT,
  uint: UINT,
  double: DOUBLE,
  string: STRING,
  bytes: BYTES,
};

/** Determines the type of each part of an expression by the rules of the language definition. */
export function check(root: Expr, declarations: Declarations, text: string): Checked | readonly CelProblem[] {
  const checker = new Checker(declarations, text);
  return checker.whole(root);
}

class Checker {
  readonly #declarations: Declarations;
  readonly #text: string;
  readonly #bindings = new Bindings();
  readonly #types = new Map<Expr, Type>();
  readonly #names = new Map<Expr, string>();
  readonly #calls = new Map<Expr, ResolvedCall>();
  readonly #problems: CelProblem[] = [];
  /** Variables of the enclosing macros, innermost last. */
  readonly #scopes: Map<string, Type>[] = [];

  constructor(declarations: Declarations, text: string) {
    this.#declarations = declarations;
    this.#text = text;
  }

  whole(root: Expr): Checked | readonly CelProblem[] {
    this.#check(root);
    if (this.#problems.length > 0) return this.#problems;
    const types = new Map([...this.#types].map(([expr, type]) => [expr, this.#bindings.resolve(type, true)]));
    return { root, types, names: this.#names, calls: this.#calls };
  }

  #problem(at: number, message: string): Type {
    this.#problems.push(problemAt(this.#text, at, message));
    return ERROR;
  }

  /** A node that macros use twice is checked once. */
  #check(expr: Expr): Type {
    const known = this.#types.get(expr);
    if (known !== undefined) return known;
    const type = this.#typeOf(expr);
    this.#types.set(expr, type);
    return type;
  }

  #typeOf(expr: Expr): Type {
    switch (expr.kind) {
      case 'literal':
        return LITERALS[expr.literal.type];
      case 'ident':
        return this.#named(expr, expr.name) ?? this.#undeclared(expr.at, expr.name);
      case 'select':
        return this.#select(expr);
      case 'call':
        return this.#call(expr);
      case 'list':
        return this.#list(expr);
      case 'map':
        return this.#map(expr);
      case 'struct':
        return this.#struct(expr);
      case 'comprehension':
        return this.#comprehension(expr);
    }
  }

  #undeclared(at: number, name: string): Type {
    return this.#problem(at, `undeclared reference to "${name}"`);
  }

  /** The type of the declaration that `name` refers to here. */
  #named(expr: Expr, name: string): Type | undefined {
    const bare = name.replace(/^\./, '');
    const scope = name === bare ? this.#scopes.findLast((each) => each.has(bare)) : undefined;
    const type = scope?.get(bare) ?? this.#declarations.variable(bare);
    if (type !== undefined) this.#names.set(expr, bare);
    return type;
  }

  #select(expr: Select): Type {
    const name = expr.isTest ? undefined : qualifiedName(expr);
    const named = name === undefined ? undefined : this.#named(expr, name);
    if (named !== undefined) return named;
    const type = this.#field(expr.at, expr.operand, expr.field, false);
    return expr.isTest ? BOOL : type;
  }

  #field(at: number, operand: Expr, field: string, isOptional: boolean): Type {
    const [type, wasOptional] = unwrapped(this.#bindings.resolve(this.#check(operand)));
    const result = this.#bindings.resolve(this.#fieldOf(at, type, field));
    return wasOptional || isOptional ? optionalOf(result) : result;
  }

  #fieldOf(at: number, type: Type, field: string): Type {
    if (type.kind === 'map') return parameter(type, 1);
    if (type.kind === 'struct')
      return this.#declarations.field(type.name, field) ?? this.#problem(at, `there is no field "${field}"`);
    if (type.kind === 'param') this.#bindings.assignable([DYN], [type]);
    else if (type.kind !== 'dyn' && type.kind !== 'error')
      this.#problem(at, `a value of type ${describeType(type)} has no fields`);
    return DYN;
  }

  #call(expr: Call): Type {
    const { args, target } = expr;
    const [operand, field] = args;
    if (expr.name === '_?._' && operand !== undefined && field?.kind === 'literal') {
      const name = field.literal.type === 'string' ? field.literal.value : '';
      this.#calls.set(expr, { name: expr.name, target: undefined, overloads: [] });
      return this.#field(expr.at, operand, name, true);
    }
    const argTypes = args.map((arg) => this.#check(arg));
    if (target === undefined) return this.#resolve(expr, expr.name.replace(/^\./, ''), undefined, argTypes);
    const qualifier = qualifiedName(target);
    const global = qualifier === undefined ? undefined : `${qualifier}.${expr.name}`.replace(/^\./, '');
    if (global !== undefined && this.#declarations.functions.has(global))
      return this.#resolve(expr, global, undefined, argTypes);
    return this.#resolve(expr, expr.name, target, [this.#check(target), ...argTypes]);
  }

  #resolve(expr: Call, name: string, target: Expr | undefined, argTypes: readonly Type[]): Type {
    const overloads = this.#declarations.functions.get(name);
    if (overloads === undefined) return this.#undeclared(expr.at, name);
    const match = resolveOverloads(overloads, target !== undefined, argTypes, this.#bindings);
    if (match === undefined) {
      const shown = argTypes.map((type) => describeType(this.#bindings.resolve(type, true)));
      const receiver = target === undefined ? '' : `${shown.shift()}.`;
      return this.#problem(expr.at, `"${name}" cannot be applied as ${receiver}(${shown.join(', ')})`);
    }
    this.#calls.set(expr, { name, target, overloads: match.overloads });
    return match.type;
  }

  #list({ items }: ListLiteral): Type {
    let type: Type | undefined;
    for (const { value, isOptional } of items) {
      type = this.#joined(type, this.#element(value, isOptional));
    }
    return listOf(type ?? this.#bindings.freshVariable());
  }

  /** The type that an element of a literal adds; for an optional element, the type of its value. */
  #element(value: Expr, isOptional: boolean): Type {
    const type = this.#bindings.resolve(this.#check(value));
    if (!isOptional) return type;
    const [held, wasOptional] = unwrapped(type);
    if (!wasOptional && type.kind !== 'dyn')
      this.#problem(value.at, `an optional value is expected, and it is of type ${describeType(type)}`);
    return held;
  }

  /** The type of the elements so far; dyn where they differ. */
  #joined(before: Type | undefined, type: Type): Type {
    if (before === undefined) return type;
    return this.#bindings.assignable([before], [type]) ? mostGeneral(before, type) : DYN;
  }

  #map({ entries }: MapLiteral): Type {
    let [keyType, valueType]: (Type | undefined)[] = [];
    for (const { key, value, isOptional } of entries) {
      keyType = this.#joined(keyType, this.#check(key));
      valueType = this.#joined(valueType, this.#element(value, isOptional));
    }
    return mapOf(keyType ?? this.#bindings.freshVariable(), valueType ?? this.#bindings.freshVariable());
  }

  #struct(expr: StructLiteral): Type {
    const name = expr.typeName.replace(/^\./, '');
    const named = this.#declarations.variable(name);
    if (named === undefined) return this.#undeclared(expr.at, name);
    const type = named.kind === 'type' ? parameter(named, 0) : ERROR;
    if (type.kind !== 'struct') return this.#problem(expr.at, `"${name}" is not a type of objects`);
    for (const { at, name: field, value, isOptional } of expr.fields) {
      const given = this.#element(value, isOptional);
      const wanted = this.#declarations.field(type.name, field);
      if (wanted === undefined) this.#problem(at, `there is no field "${field}"`);
      else if (!this.#bindings.assignable([wanted], [given]))
        this.#problem(
          at,
          `the field "${field}" is of type ${describeType(wanted)}, not ${describeType(given)}`,
        );
    }
    return type;
  }

  #comprehension(expr: Comprehension): Type {
    const range = this.#bindings.resolve(this.#check(expr.range));
    const accumulated = this.#check(expr.init);
    const [first, second] = this.#iterated(expr, range);
    this.#scopes.push(new Map([[expr.accumulator, accumulated]]));
    const variables = new Map([[expr.variable, first]]);
    if (expr.variable2 !== undefined) variables.set(expr.variable2, second);
    this.#scopes.push(variables);
    this.#must(expr.condition, BOOL);
    this.#must(expr.step, accumulated);
    this.#scopes.pop();
    const result = this.#check(expr.result);
    this.#scopes.pop();
    return this.#bindings.resolve(result);
  }

  #must(expr: Expr, type: Type): void {
    const found = this.#check(expr);
    if (this.#bindings.assignable([type], [found])) return;
    const [wanted, given] = [type, found].map((each) => describeType(this.#bindings.resolve(each, true)));
    this.#problem(expr.at, `expected type ${wanted}, and found ${given}`);
  }

  /** The types of the variables of a fold. */
  #iterated(expr: Comprehension, range: Type): [first: Type, second: Type] {
    const hasTwo = expr.variable2 !== undefined;
    const [first, second] = [parameter(range, 0), parameter(range, 1)];
    if (range.kind === 'list') return hasTwo ? [INT, first] : [first, ERROR];
    if (range.kind === 'map') return [first, second];
    if (range.kind === 'dyn' || range.kind === 'error' || range.kind === 'param') {
      this.#bindings.assignable([DYN], [range]);
      return [DYN, DYN];
    }
    this.#problem(expr.range.at, `a value of type ${describeType(range)} is neither a list nor a map`);
    return [ERROR, ERROR];
  }
}
