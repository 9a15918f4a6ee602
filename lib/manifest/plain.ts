import { types } from 'node:util';
import { SeaworthyError, type Problem } from '../errors';
import { describeThrown, describeValue, isPlainRecord, setOwn, type PlainRecord } from './data';
import { listItems, READABLE } from './foreign';
import type { KubeObject } from './manifest';
import { pathOf } from './path';
import { exact } from './yaml/resolve';

/** Nesting beyond this is a mistake: Kubernetes' own types stay below 50. */
const DEEPEST = 1000;

const HEAD = ['apiVersion', 'kind', 'metadata'];

/**
 * Copies an authored object into plain data in canonical key order: keys sorted by code unit, at the top
 * `apiVersion`, `kind` and `metadata` first, lists as authored. Only properties that are `undefined` are left
 * out; `null`, `0`, `''`, `false`, `{}` and `[]` stay. A Date becomes RFC 3339, as Kubernetes writes a `Time`.
 *
 * @throws SeaworthyError RENDER_FAILED with one problem for each value that plain data cannot hold: class
 * instances, functions, symbols, bigints beyond int64, `NaN` and infinities, `undefined` in lists, objects that contain
 * themselves; and for an object without `apiVersion`, `kind` or `metadata`.
 */
export function plain(value: unknown): KubeObject {
  const copier = new Copier({ isSorted: true });
  const copy = copier.copy(value);
  const problems = [...copier.problems];
  if (problems.length === 0) problems.push(...missingFields(copy));
  const [first, ...more] = problems.map((problem) => located(problem, copy));
  if (first !== undefined) throw new SeaworthyError(first, ...more);
  return headFirst(copy as PlainRecord) as unknown as KubeObject;
}

/**
 * Copies any authored value into plain data, keys as authored. `place` names it in messages.
 *
 * @throws SeaworthyError RENDER_FAILED, as `plain` does for values that plain data cannot hold.
 */
export function plainValue(value: unknown, place?: string): unknown {
  const copier = new Copier({ isSorted: false });
  const copy = copier.copy(value);
  throwAt(place, copier.problems);
  return copy;
}

/**
 * Copies each element of a list of the user's, as `plainValue` does; `name` is that of the list.
 *
 * @throws SeaworthyError NOT_AN_OBJECT for anything but a list; RENDER_FAILED with the problems of all elements
 */
export function plainItems(list: readonly unknown[], name: string): { value: unknown; place: string }[] {
  const problems: Problem[] = [];
  const items = listItems(list, name).map(({ value, place }) => {
    const copier = new Copier({ isSorted: false });
    const copy = copier.copy(value);
    for (const problem of copier.problems) problems.push({ ...problem, place });
    return { value: copy, place };
  });
  throwAt(undefined, problems);
  return items;
}

/**
 * Copies a value that may hold anything: what plain data cannot hold stays as it is, and a cycle is cut.
 *
 * @throws SeaworthyError RENDER_FAILED for what cannot be read
 */
export function readableCopy(value: unknown, place: string): unknown {
  const copier = new Copier({ isSorted: false, isStrict: false });
  const copy = copier.copy(value);
  throwAt(place, copier.problems);
  return copy;
}

/** One walk over one authored value. It knows where it is, so that a bad value can be named at no cost to good ones. */
class Copier {
  readonly problems: Problem[] = [];
  private readonly isSorted: boolean;
  private readonly isStrict: boolean;
  private readonly steps: (string | number)[] = [];
  private readonly above: object[] = [];

  /** @param how whether keys are sorted, and whether what plain data cannot hold is a problem, or stays as it is */
  constructor({ isSorted, isStrict = true }: { readonly isSorted: boolean; readonly isStrict?: boolean }) {
    this.isSorted = isSorted;
    this.isStrict = isStrict;
  }

  copy(value: unknown): unknown {
    const [depth, height] = [this.steps.length, this.above.length];
    try {
      return this.value(value);
    } catch (error) {
      // Getters and proxies run code of others, which may throw.
      this.problem(`cannot be read: ${describeThrown(error)}`, READABLE);
      this.steps.length = depth;
      this.above.length = height;
      return undefined;
    }
  }

  private value(value: unknown): unknown {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value;
      case 'number':
        return Number.isFinite(value) ? value : this.refuse(value);
      case 'bigint':
        return this.integer(value);
      case 'object':
        return value === null ? null : this.container(value);
      case 'undefined':
      case 'function':
      case 'symbol':
        return this.refuse(value);
    }
  }

  /** An integer as readers have it: a number where that is exact. */
  private integer(value: bigint): unknown {
    return BigInt.asIntN(64, value) === value ? exact(value) : this.refuse(value);
  }

  private container(value: object): unknown {
    const list = Array.isArray(value);
    // Asked last, since the question leaves JavaScript.
    if (!list && !isPlainRecord(value)) return types.isDate(value) ? this.time(value) : this.refuse(value);
    if (this.above.includes(value)) return this.cut('the object contains itself', 'Break the cycle.');
    if (this.above.length > DEEPEST) return this.cut(`nested more than ${DEEPEST} deep`, 'Flatten it.');
    this.above.push(value);
    const copy = list ? this.list(value) : this.record(value);
    this.above.pop();
    return copy;
  }

  private record(source: PlainRecord): PlainRecord {
    const keys = Object.keys(source);
    if (this.isSorted) sort(keys);
    const copy: PlainRecord = {};
    for (const key of keys) {
      this.steps.push(key);
      const value = source[key];
      // Most values are whole already.
      if ((typeof value === 'string' || typeof value === 'boolean') && key !== '__proto__') copy[key] = value;
      else if (value !== undefined) setOwn(copy, key, this.copy(value));
      this.steps.pop();
    }
    return copy;
  }

  private list(source: readonly unknown[]): unknown[] {
    const copy: unknown[] = [];
    const { length } = source;
    for (let index = 0; index < length; index++) {
      this.steps.push(index);
      const value = source[index];
      const isHole = value === undefined && !(index in source);
      // One hole stands for all: a list may have billions.
      if (isHole)
        this.problem(`the list is ${length} long, and has no item here`, 'Leave no holes in a list.');
      else copy.push(this.copy(value));
      this.steps.pop();
      if (isHole) break;
    }
    return copy;
  }

  /** `2024-01-02T03:04:05Z`; milliseconds only where there are some. */
  private time(date: Date): unknown {
    const year = date.getUTCFullYear();
    if (!(year >= 0 && year <= 9999)) return this.refuse(date);
    return date.toISOString().replace('.000Z', 'Z');
  }

  private refuse(value: unknown): unknown {
    if (!this.isStrict) return value;
    return this.problem(`plain data cannot hold ${describeValue(value)}`, HINTS[typeof value] ?? HINT);
  }

  /** Ends a walk that would not end. */
  private cut(message: string, hint: string): undefined {
    return this.isStrict ? this.problem(message, hint) : undefined;
  }

  private problem(message: string, hint: string): undefined {
    const path = pathOf(this.steps);
    this.problems.push({ code: 'RENDER_FAILED', message, hint, ...(path === '' ? {} : { path }) });
  }
}

/** Throws problems, all at `place`, if there are any. */
function throwAt(place: string | undefined, problems: readonly Problem[]): void {
  const [first, ...more] = problems.map((problem) => (place === undefined ? problem : { ...problem, place }));
  if (first !== undefined) throw new SeaworthyError(first, ...more);
}

const HINT = 'Turn it into strings, finite numbers, booleans, null, lists and object literals.';

const HINTS: Partial<Record<string, string>> = {
  undefined: 'Leave the item out of the list: only properties may be undefined.',
  bigint: 'Kubernetes has integers of 64 bits. Write a string where the field takes one.',
  function: 'Call it.',
};

/** Sorts short lists of keys by code unit in place; most arrive sorted already. */
function sort(keys: string[]): void {
  for (let i = 1; i < keys.length; i++) {
    if ((keys[i - 1] as string) > (keys[i] as string)) {
      keys.sort();
      return;
    }
  }
}

function headFirst(sorted: PlainRecord): PlainRecord {
  const copy: PlainRecord = {};
  for (const key of HEAD) copy[key] = sorted[key];
  for (const key of Object.keys(sorted)) if (!HEAD.includes(key)) setOwn(copy, key, sorted[key]);
  return copy;
}

function missingFields(copy: unknown): Problem[] {
  if (!isPlainRecord(copy)) {
    return [{ code: 'RENDER_FAILED', message: `expected a Kubernetes object, got ${describeValue(copy)}` }];
  }
  const problems: Problem[] = [];
  for (const path of ['apiVersion', 'kind']) {
    const value = copy[path];
    if (typeof value === 'string' && value !== '') continue;
    problems.push({ code: 'RENDER_FAILED', path, message: `expected a string, got ${describeValue(value)}` });
  }
  const { metadata } = copy;
  if (!isPlainRecord(metadata)) {
    const message = `expected an object, got ${describeValue(metadata)}`;
    problems.push({ code: 'RENDER_FAILED', path: 'metadata', message });
  }
  return problems;
}

/** `problem` with the object it is about, as far as that is known. */
function located(problem: Problem, copy: unknown): Problem {
  if (!isPlainRecord(copy) || typeof copy['kind'] !== 'string') return problem;
  const { kind, metadata } = copy;
  const name = isPlainRecord(metadata) ? metadata['name'] : undefined;
  return { ...problem, place: typeof name === 'string' ? `${kind} ${name}` : kind };
}
