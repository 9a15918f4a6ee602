import type { Checked, ResolvedCall } from '../check/checker';
import type { Type } from '../check/type';
import { ArrayList, HashMap } from '../values/collections';
import { CelError, OptionalValue, TypeValue, Uint } from '../values/value';
import type { Result, Value } from '../values/value';
import type { Call, Expr, ListLiteral, LiteralValue, MapLiteral, StructLiteral } from '../syntax/expression';
import { dispatch } from './dispatch';
import { planFold } from './fold';
import type { CallCost, Frame } from './frame';
import { and, conditional, or } from './logic';
import { hasField, indexed, optionallyIndexed, selected } from './select';

/** An expression made ready to run: a function that knows all that can be known before. */
export type Plan = (frame: Frame) => Result;

const COST = { list: 10, map: 30, struct: 40 };

/** Makes the values of messages: `Object{…}`; nothing where the environment has none. */
export type MakeStruct = (typeName: string, fields: ReadonlyMap<string, Value>) => Result;

/** Turns checked expressions into functions. */
export class Planner {
  readonly #checked: Checked;
  readonly #cost: CallCost;
  readonly #struct: MakeStruct;
  readonly #plans = new Map<Expr, Plan>();
  /** Where the variables of the macros around are kept, innermost last. */
  readonly #scopes: { readonly name: string; readonly slot: number }[] = [];
  #slots = 0;

  constructor(checked: Checked, cost: CallCost, makeStruct: MakeStruct) {
    this.#checked = checked;
    this.#cost = cost;
    this.#struct = makeStruct;
  }

  /** A node that macros use twice is planned once. */
  plan(expr: Expr): Plan {
    const known = this.#plans.get(expr);
    if (known !== undefined) return known;
    const plan = this.#planOf(expr);
    this.#plans.set(expr, plan);
    return plan;
  }

  /** Plans with `name` standing for a slot of the frame. */
  within(name: string, plan: (slot: number) => Plan): Plan {
    this.#slots += 1;
    const slot = this.#slots;
    this.#scopes.push({ name, slot });
    const made = plan(slot);
    this.#scopes.pop();
    return made;
  }

  #planOf(expr: Expr): Plan {
    const name = this.#checked.names.get(expr);
    if (name !== undefined) return this.#named(name, this.#checked.types.get(expr));
    switch (expr.kind) {
      case 'literal': {
        const value = literalValue(expr.literal);
        return () => value;
      }
      case 'ident':
        return this.#named(expr.name, undefined);
      case 'select':
        return this.#select(this.plan(expr.operand), expr.field, expr.isTest);
      case 'call':
        return this.#call(expr);
      case 'list':
        return this.#list(expr);
      case 'map':
        return this.#map(expr);
      case 'struct':
        return this.#message(expr);
      case 'comprehension':
        return planFold(expr, this);
    }
  }

  #named(name: string, type: Type | undefined): Plan {
    const slot = this.#scopes.findLast((scope) => scope.name === name)?.slot;
    const missing = new CelError(`no such attribute: ${name}`);
    if (slot === undefined && type?.kind === 'type') {
      const value = new TypeValue(name);
      return () => value;
    }
    if (slot === undefined) {
      return (frame) => {
        frame.spend(1);
        const value = frame.variable(name);
        return value === undefined ? missing : value;
      };
    }
    return (frame) => {
      frame.spend(1);
      return frame.slots[slot] ?? null;
    };
  }

  #select(operand: Plan, field: string, isTest: boolean): Plan {
    return (frame) => {
      const value = operand(frame);
      if (value instanceof CelError) return value;
      if (isTest) return hasField(value, field);
      frame.spend(1);
      return selected(value, field);
    };
  }

  #call(expr: Call): Plan {
    const args = expr.args.map((arg) => this.plan(arg));
    const [first, second, third] = args;
    const resolved = this.#checked.calls.get(expr);
    if (first !== undefined && second !== undefined) {
      if (expr.name === '_&&_') return and(first, second);
      if (expr.name === '_||_') return or(first, second);
      if (expr.name === '_?_:_' && third !== undefined) return conditional(first, second, third);
      if (expr.name === '_[_]') return binary(first, second, indexed);
      if (expr.name === '_[?_]' || expr.name === '_?._') return binary(first, second, optionallyIndexed);
    }
    if (expr.name === '@not_strictly_false' && first !== undefined) return (frame) => first(frame) !== false;
    return resolved === undefined
      ? () => new CelError(`no such overload: ${expr.name}`)
      : this.#apply(resolved, args);
  }

  #apply({ name, target, overloads }: ResolvedCall, args: readonly Plan[]): Plan {
    const parts = target === undefined ? args : [this.plan(target), ...args];
    const costs = new Map(overloads.map((overload) => [overload, this.#cost(name, overload.id)]));
    return (frame) => {
      const values: Value[] = [];
      for (const part of parts) {
        const value = part(frame);
        if (value instanceof CelError) return value;
        values.push(value);
      }
      const overload = dispatch(overloads, values);
      if (overload === undefined) return new CelError(`no such overload: ${name}`);
      const result = overload.run(values);
      frame.spend(costs.get(overload)?.(values, result) ?? 1);
      return result;
    };
  }

  #list({ items }: ListLiteral): Plan {
    const parts = items.map(({ value, isOptional }) => ({ plan: this.plan(value), isOptional }));
    return (frame) => {
      const values: Value[] = [];
      for (const { plan, isOptional } of parts) {
        const value = element(plan(frame), isOptional);
        if (value instanceof CelError) return value;
        if (value !== undefined) values.push(value);
      }
      frame.spend(COST.list);
      return new ArrayList(values);
    };
  }

  #map({ entries }: MapLiteral): Plan {
    const parts = entries.map(({ key, value, isOptional }) => ({
      key: this.plan(key),
      value: this.plan(value),
      isOptional,
    }));
    return (frame) => {
      const made: [Value, Value][] = [];
      for (const { key, value, isOptional } of parts) {
        const [name, held] = [key(frame), element(value(frame), isOptional)];
        if (name instanceof CelError) return name;
        if (held instanceof CelError) return held;
        if (held !== undefined) made.push([name, held]);
      }
      frame.spend(COST.map);
      return HashMap.of(made);
    };
  }

  #message({ typeName, fields }: StructLiteral): Plan {
    const parts = fields.map(({ name, value, isOptional }) => ({ name, plan: this.plan(value), isOptional }));
    const make = this.#struct;
    return (frame) => {
      const made = new Map<string, Value>();
      for (const { name, plan, isOptional } of parts) {
        const value = element(plan(frame), isOptional);
        if (value instanceof CelError) return value;
        if (value !== undefined) made.set(name, value);
      }
      frame.spend(COST.struct);
      return make(typeName.replace(/^\./, ''), made);
    };
  }
}

/** What an element of a literal comes to: nothing for an optional one that has no value. */
function element(value: Result, isOptional: boolean): Result | undefined {
  if (!isOptional || value instanceof CelError) return value;
  return value instanceof OptionalValue ? value.value : new CelError('an optional value is expected');
}

function binary(first: Plan, second: Plan, apply: (one: Value, other: Value) => Result): Plan {
  return (frame) => {
    const one = first(frame);
    if (one instanceof CelError) return one;
    const other = second(frame);
    if (other instanceof CelError) return other;
    frame.spend(1);
    return apply(one, other);
  };
}

function literalValue(literal: LiteralValue): Value {
  if (literal.type === 'null') return null;
  return literal.type === 'uint' ? new Uint(literal.value) : literal.value;
}
