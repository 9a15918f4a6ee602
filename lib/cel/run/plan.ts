import type { Checked, ResolvedCall } from '../check/checker';
import type { Type } from '../check/type';
import { CelError, OptionalValue, TypeValue, Uint } from '../values/value';
import type { Result, Value } from '../values/value';
import type {
  Call,
  Expr,
  ListLiteral,
  LiteralValue,
  MapLiteral,
  Select,
  StructLiteral,
} from '../syntax/expression';
import { takeWork } from '../values/work';
import { Constants } from './constants';
import { dispatch } from './dispatch';
import { planFold } from './fold';
import type { CallCost, Frame } from './frame';
import { planList, planMap, planStruct } from './literals';
import type { MakeStruct } from './literals';
import { and, conditional, or } from './logic';
import { hasField, indexed, optionallyIndexed, selected } from './select';

/** An expression that is ready to run: a function with everything resolved that does not depend on variables. */
export type Plan = (frame: Frame) => Result;

/** Number of steps of work that count as one unit of cost, where the server's cost model ignores them. */
const STEPS_A_COST = 20;

/** Turns checked expressions into functions. Constants are computed once and cost nothing afterwards. */
export class Planner {
  readonly #checked: Checked;
  readonly #cost: CallCost;
  readonly #struct: MakeStruct;
  readonly #plans = new Map<Expr, Plan>();
  readonly #constants = new Constants();
  /** Problems of expressions that can never have a value: `int('x')`. */
  readonly problems: { readonly at: number; readonly message: string }[] = [];
  /** The slots of the variables of the enclosing macros, innermost last. */
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

  /** Plans with `name` bound to a slot of the frame. */
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
      case 'literal':
        return this.#constants.plan(literalValue(expr.literal));
      case 'ident':
        return this.#named(expr.name, undefined);
      case 'select':
        return this.#select(this.plan(expr.operand), expr);
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
      return this.#constants.plan(new TypeValue(name));
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

  #select(plan: Plan, { operand, field, isTest }: Select): Plan {
    const base = this.#isAttribute(operand) ? 0 : 1;
    return (frame) => {
      const value = plan(frame);
      if (value instanceof CelError) return value;
      if (base > 0) frame.spend(base);
      if (isTest) return hasField(value, field);
      const found = selected(value, field);
      if (found !== OptionalValue.none) frame.spend(1);
      return found;
    };
  }

  /**
   * Whether an expression is a variable, or a path that starts at a value. The server evaluates such a path as a whole
   * (`interpreter/attributes.go` of cel-go): its start costs one, and so does each step.
   */
  #isAttribute(expr: Expr): boolean {
    if (this.#checked.names.has(expr)) return this.#checked.types.get(expr)?.kind !== 'type';
    if (expr.kind === 'call') return ['_[_]', '_[?_]', '_?._'].includes(expr.name);
    return expr.kind === 'ident' || (expr.kind === 'select' && !expr.isTest);
  }

  /** A branch or a key: a path there is part of the enclosing path, and its start costs nothing. */
  #inside(expr: Expr | undefined, plan: Plan): Plan {
    if (expr === undefined || !this.#isAttribute(expr)) return plan;
    return (frame) => {
      const value = plan(frame);
      frame.spend(-1);
      return value;
    };
  }

  #call(expr: Call): Plan {
    const args = expr.args.map((arg) => this.plan(arg));
    const [first, second, third] = args;
    const resolved = this.#checked.calls.get(expr);
    if (first !== undefined && second !== undefined) {
      if (expr.name === '_&&_') return and(first, second);
      if (expr.name === '_||_') return or(first, second);
      const [operand, other, last] = expr.args;
      if (expr.name === '_?_:_' && third !== undefined)
        return conditional(first, this.#inside(other, second), this.#inside(last, third));
      const base = operand !== undefined && this.#isAttribute(operand) ? 0 : 1;
      const key = this.#inside(other, second);
      if (expr.name === '_[_]') return step(first, key, base, indexed);
      if (expr.name === '_[?_]' || expr.name === '_?._') return step(first, key, base, optionallyIndexed);
    }
    if (expr.name === '@not_strictly_false' && first !== undefined) return notFalse(first);
    if (resolved === undefined) return () => new CelError(`no such overload: ${expr.name}`);
    const parts = resolved.target === undefined ? args : [this.plan(resolved.target), ...args];
    const [target, other] = parts;
    if (isAlternative(resolved) && target !== undefined && other !== undefined)
      return alternative(target, other, resolved.name === 'orValue');
    return this.#folded(expr, parts, this.#apply(resolved, parts));
  }

  /** Conversions of constants and patterns are evaluated at once; an error there makes the expression invalid. */
  #folded(expr: Call, parts: readonly Plan[], plan: Plan): Plan {
    const { value, problem } = this.#constants.call(expr.name, parts, plan);
    if (problem !== undefined) this.problems.push({ at: expr.at, message: problem });
    return value ?? plan;
  }

  #apply({ name, overloads }: ResolvedCall, parts: readonly Plan[]): Plan {
    // A call with several candidate overloads is charged by name alone.
    const [only] = overloads;
    const costOf = this.#cost(name, overloads.length === 1 && only !== undefined ? only.id : '');
    // A call that costs too much is not made: to compare each item of a list with each other takes long.
    const isKnownBefore = costOf.length < 2;
    return (frame) => {
      const values: Value[] = [];
      let error: CelError | undefined;
      let index = -1;
      for (const part of parts) {
        index += 1;
        const value = part(frame);
        if (value instanceof CelError) error ??= value;
        // For up to two arguments, the server evaluates the second and charges the call even if the first is an error.
        if (error !== undefined && parts.length > 2 && index < parts.length - 1) return error;
        values.push(value instanceof CelError ? null : value);
      }
      const overload = error === undefined ? dispatch(overloads, values) : undefined;
      const early = isKnownBefore ? costOf(values, null) : 0;
      frame.afford(early);
      const result: Result =
        overload === undefined ? (error ?? new CelError(`no such overload: ${name}`)) : overload.run(values);
      const cost = isKnownBefore ? early : costOf(values, result);
      frame.spend(Math.max(cost, Math.floor(takeWork() / STEPS_A_COST)));
      return result;
    };
  }

  #list({ items }: ListLiteral): Plan {
    const parts = items.map(({ value, isOptional }) => ({ plan: this.plan(value), isOptional }));
    return this.#constants.folded(
      parts.map(({ plan }) => plan),
      planList(parts),
    );
  }

  #map({ entries }: MapLiteral): Plan {
    const parts = entries.map(({ key, value, isOptional }) => ({
      key: this.plan(key),
      plan: this.plan(value),
      isOptional,
    }));
    return this.#constants.folded(
      parts.flatMap(({ key, plan }) => [key, plan]),
      planMap(parts),
    );
  }

  #message({ typeName, fields }: StructLiteral): Plan {
    const parts = fields.map(({ name, value, isOptional }) => ({ name, plan: this.plan(value), isOptional }));
    return planStruct(typeName.replace(/^\./, ''), parts, this.#struct);
  }
}

/**
 * One step of a path. It costs nothing if an operand is an error, and only `base` if an optional lookup finds nothing.
 */
function step(first: Plan, second: Plan, base: number, apply: (one: Value, other: Value) => Result): Plan {
  return (frame) => {
    const one = first(frame);
    if (one instanceof CelError) return one;
    const other = second(frame);
    if (other instanceof CelError) return other;
    const found = apply(one, other);
    frame.spend(found === OptionalValue.none ? base : base + 1);
    return found;
  };
}

/** Whether a call is `optional.or(other)` or `optional.orValue(other)`. */
function isAlternative({ overloads }: ResolvedCall): boolean {
  return overloads.some(({ id }) => id === 'optional_or_optional' || id === 'optional_orValue_value');
}

/** The alternative of an optional value is evaluated only if the value is absent. */
function alternative(first: Plan, second: Plan, isValue: boolean): Plan {
  return (frame) => {
    const value = first(frame);
    if (value instanceof CelError) return value;
    if (!(value instanceof OptionalValue)) return new CelError('no such overload');
    if (value.value === undefined) return second(frame);
    return isValue ? value.value : value;
  };
}

function notFalse(plan: Plan): Plan {
  return (frame) => {
    const value = plan(frame);
    frame.spend(1);
    return value !== false;
  };
}

function literalValue(literal: LiteralValue): Value {
  if (literal.type === 'null') return null;
  return literal.type === 'uint' ? new Uint(literal.value) : literal.value;
}
