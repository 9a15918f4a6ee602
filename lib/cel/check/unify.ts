import type { Type } from './type';
import { DYN, parameter, same } from './type';

/** Types that share parts can be exponentially larger than the expression; no real expression needs such types. */
const MOST_STEPS = 1_000_000;

export class CelTooComplexError extends Error {
  constructor() {
    super('its types are too complex to check');
    this.name = 'CelTooComplexError';
  }
}

/**
 * The bindings of the checker's type variables so far.
 *
 * A failed attempt is rolled back, which costs as much as the attempt. A copy of all bindings would cost more with each
 * variable of a long expression.
 */
export class Bindings {
  readonly #bound = new Map<string, Type>();
  readonly #trail: { readonly name: string; readonly before: Type | undefined }[] = [];
  /** Types without variables, which need no further substitution. */
  readonly #ground = new WeakSet<Type>();
  #fresh = 0;
  #steps = 0;

  /** A new, unbound type variable. */
  freshVariable(): Type {
    this.#fresh += 1;
    return { kind: 'param', name: `_var${this.#fresh}`, parameters: [] };
  }

  /** Whether each type of `from` is assignable to the type of `to` at the same index; binds variables accordingly. */
  assignable(from: readonly Type[], to: readonly Type[]): boolean {
    const mark = this.#trail.length;
    if (this.#all(from, to)) return true;
    while (this.#trail.length > mark) {
      const undone = this.#trail.pop();
      if (undone?.before !== undefined) this.#bound.set(undone.name, undone.before);
      else if (undone !== undefined) this.#bound.delete(undone.name);
    }
    return false;
  }

  /** `type` with its bound variables replaced; unbound ones become dyn at the `end`. */
  resolve(type: Type, end = false): Type {
    const bound = type.kind === 'param' ? this.#bound.get(type.name) : undefined;
    if (bound !== undefined) return this.resolve(bound, end);
    if (type.kind === 'param') return end ? DYN : type;
    if (type.parameters.length === 0 || this.#isGround(type)) return type;
    return { ...type, parameters: type.parameters.map((each) => this.resolve(each, end)) };
  }

  #isGround(type: Type): boolean {
    if (type.kind === 'param') return false;
    if (type.parameters.length === 0 || this.#ground.has(type)) return true;
    this.#step();
    if (!type.parameters.every((each) => this.#isGround(each))) return false;
    this.#ground.add(type);
    return true;
  }

  #step(): void {
    this.#steps += 1;
    if (this.#steps > MOST_STEPS) throw new CelTooComplexError();
  }

  #bind(name: string, type: Type): void {
    this.#trail.push({ name, before: this.#bound.get(name) });
    this.#bound.set(name, type);
  }

  #all(from: readonly Type[], to: readonly Type[]): boolean {
    if (from.length !== to.length) return false;
    return from.every((type, index) => this.#fits(type, to[index] ?? DYN));
  }

  #fits(one: Type, other: Type): boolean {
    this.#step();
    if (one === other && this.#isGround(one)) return true;
    if (other.kind === 'param') {
      const answer = this.#stands(one, other);
      if (answer !== 'unbound') return answer === 'yes';
    }
    if (one.kind === 'param') return this.#stands(other, one) === 'yes';
    if (isAny(one) || isAny(other)) return true;
    if (one.kind === 'null') return isNullable(other);
    if (other.kind === 'null') return isNullable(one);
    if (one.kind === 'type') return other.kind === 'type';
    return one.kind === other.kind && one.name === other.name && this.#all(one.parameters, other.parameters);
  }

  /** Whether `type` can be bound to a variable; `unbound` when the variable is free and occurs in `type`. */
  #stands(type: Type, variable: Type): 'yes' | 'no' | 'unbound' {
    if (type.kind === 'param' && type.name === variable.name) return 'yes';
    const bound = this.#bound.get(variable.name);
    if (bound === undefined) {
      if (this.#mentions(type, variable)) return 'unbound';
      this.#bind(variable.name, type);
      return 'yes';
    }
    if (type.kind === bound.kind && same(type, bound)) return 'yes';
    if (!this.#fits(type, bound)) return 'no';
    const general = mostGeneral(type, bound);
    if (!this.#mentions(general, variable)) this.#bind(variable.name, general);
    return 'yes';
  }

  #mentions(type: Type, variable: Type): boolean {
    if (this.#isGround(type)) return false;
    if (type.kind !== 'param') return type.parameters.some((each) => this.#mentions(each, variable));
    if (type.name === variable.name) return true;
    const bound = this.#bound.get(type.name);
    return bound !== undefined && this.#mentions(bound, variable);
  }
}

export function mostGeneral(one: Type, other: Type): Type {
  return isAsGeneral(one, other) ? one : other;
}

function isAsGeneral(one: Type, other: Type): boolean {
  if (one.kind === 'dyn' || one.kind === 'param') return true;
  if (other.kind === 'dyn' || other.kind === 'param' || one.kind !== other.kind) return false;
  if (one.kind === 'type') return true;
  if (one.kind !== 'opaque' && one.kind !== 'list' && one.kind !== 'map') return same(one, other);
  return (
    one.name === other.name &&
    one.parameters.length === other.parameters.length &&
    one.parameters.every((each, index) => isAsGeneral(each, parameter(other, index)))
  );
}

function isAny(type: Type): boolean {
  return type.kind === 'dyn' || type.kind === 'error';
}

/** Messages and similar types can be null; scalars, lists and maps cannot. */
function isNullable(type: Type): boolean {
  return ['opaque', 'struct', 'duration', 'timestamp', 'null'].includes(type.kind);
}
