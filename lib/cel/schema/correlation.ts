import { correlated } from './old-values';
import { propertyOf, schemaUnder, type Schema } from './schema';

/** A value, and the old one that it comes from. */
interface Pair {
  readonly schema: Schema;
  readonly now: unknown;
  readonly was: unknown;
}

/**
 * Where a value stands among those that an update has changed: a rule about one that has not changed does not refuse the
 * update, unless it is about the change itself.
 *
 * @source k8s.io/apiextensions-apiserver pkg/apiserver/schema/cel/validation.go ratchetingOptions.shouldRatchetError, ratchetingOptions.key, ratchetingOptions.index 1.36
 */
export class Correlation {
  /** Of a value without an old one, and of all values of a server that knows no ratcheting. */
  static readonly none = new Correlation(undefined, undefined);
  readonly #own: Pair | undefined;
  /** Of what is around it, the nearest that has an old value. */
  readonly #around: Pair | undefined;

  private constructor(own: Pair | undefined, around: Pair | undefined) {
    this.#own = own;
    this.#around = around;
  }

  /** Of a whole resource. */
  static of(schema: Schema, now: unknown, was: unknown): Correlation {
    return new Correlation({ schema, now, was }, undefined);
  }

  under(name: string): Correlation {
    if (this.#own === undefined) return this;
    // The server converts both sides to one version before it compares them.
    const isConverted = this.#around === undefined && (name === 'apiVersion' || name === 'kind');
    return isConverted ? Correlation.none : new Correlation(under(this.#own, name), this.#own);
  }

  at(index: number): Correlation {
    return this.#own === undefined ? this : new Correlation(at(this.#own, index), this.#own);
  }

  /** Whether the value, or what is around one that has no old value, is as it was. */
  get isUnchanged(): boolean {
    const pair = this.#own ?? this.#around;
    return pair !== undefined && isSame(pair);
  }
}

/** @source k8s.io/apiserver pkg/cel/common/equality.go CorrelatedObject.Key 1.36 */
function under({ schema, now, was }: Pair, name: string): Pair | undefined {
  if (!isRecord(now) || !isRecord(was) || !Object.hasOwn(now, name) || !Object.hasOwn(was, name))
    return undefined;
  const part = propertyOf(schema, name) ?? schemaUnder(schema, 'additionalProperties');
  return part && { schema: part, now: now[name], was: was[name] };
}

/** @source k8s.io/apiserver pkg/cel/common/equality.go CorrelatedObject.Index 1.36 */
function at({ schema, now, was }: Pair, index: number): Pair | undefined {
  const part = schemaUnder(schema, 'items');
  if (!Array.isArray(now) || part === undefined) return undefined;
  const item: unknown = now[index];
  const old = correlated(schema, item, was);
  return old === undefined || old === null ? undefined : { schema: part, now: item, was: old };
}

/** @source k8s.io/apiserver pkg/cel/common/equality.go CorrelatedObject.CachedDeepEqual 1.36 */
function isSame(pair: Pair): boolean {
  const { schema, now, was } = pair;
  if (Array.isArray(now) && Array.isArray(was)) {
    if (schema['x-kubernetes-list-type'] !== 'map') return isEqual(now, was);
    return now.length === was.length && now.every((_, index) => isSameIn(at(pair, index)));
  }
  if (!isRecord(now) || !isRecord(was)) return isEqual(now, was);
  const names = Object.keys(now);
  return names.length === Object.keys(was).length && names.every((name) => isSameIn(under(pair, name)));
}

function isSameIn(pair: Pair | undefined): boolean {
  return pair !== undefined && isSame(pair);
}

/** Whether two values of JSON are equal. */
function isEqual(now: unknown, was: unknown): boolean {
  if (Array.isArray(now) && Array.isArray(was))
    return now.length === was.length && now.every((item, index) => isEqual(item, was[index]));
  if (!isRecord(now) || !isRecord(was)) return now === was;
  const names = Object.keys(now);
  return (
    names.length === Object.keys(was).length &&
    names.every((name) => Object.hasOwn(was, name) && isEqual(now[name], was[name]))
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
