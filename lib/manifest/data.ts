/** A map of plain data: an object literal, or what a JSON or YAML parser returns. */
export type PlainRecord = Record<string, unknown>;

/**
 * Whether `value` is a plain record: not a list, a class instance, a Map or another exotic object.
 * A record from another realm (a worker, a test runner's sandbox) is as plain as one of ours.
 */
export function isPlainRecord(value: unknown): value is PlainRecord {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return true;
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype as object, 'isPrototypeOf');
}

/** Sets `record[key]` as an own property, also for `__proto__`, which an assignment would take for the prototype. */
export function setOwn(record: PlainRecord, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(record, key, { value, writable: true, enumerable: true, configurable: true });
  } else {
    record[key] = value;
  }
}

/** The value of an own property: maps come from users, who may call a key `constructor`. */
export function ownValue(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const found = (value as PlainRecord)[name];
  // What data inherits is functions and `__proto__`. To ask whether it is its own costs more than to read it, and all
  // rules read all fields through here.
  if (typeof found !== 'function' && name !== '__proto__') return found;
  return Object.hasOwn(value, name) ? found : undefined;
}

/** What type `value` is of, for a message that must not show it: `a list`, `a string`. */
export function describeType(value: unknown): string {
  return typeof value === 'object' || value === undefined ? describeValue(value) : `a ${typeof value}`;
}

/** What `value` is, for a message: `a list`, `an instance of Size`, `NaN`, `the string 'x'`. */
export function describeValue(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value.length > 40 ? `the string '${value.slice(0, 37)}...'` : `the string '${value}'`;
    case 'number':
    case 'boolean':
      return String(value);
    case 'bigint':
      return `the bigint ${value}n`;
    case 'symbol':
      return `the ${value.toString()}`;
    case 'function':
      return value.name === '' ? 'a function' : `the function ${value.name}`;
    case 'undefined':
      return 'undefined';
    case 'object':
      return describeObject(value);
  }
}

function describeObject(value: object | null): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (isPlainRecord(value)) return 'an object';
  const name = classOf(value);
  return typeof name === 'string' && name !== ''
    ? `an instance of ${name}`
    : 'an object with a prototype of its own';
}

function classOf(value: object): unknown {
  try {
    return (value as { constructor?: { name?: unknown } }).constructor?.name;
  } catch {
    return undefined;
  }
}

/** What was thrown by code of others, for a message. Nothing says that it is an error, or that it can be read. */
export function describeThrown(thrown: unknown): string {
  try {
    return String(thrown instanceof Error ? thrown.message : thrown).slice(0, 200);
  } catch {
    return 'an error without a message';
  }
}
