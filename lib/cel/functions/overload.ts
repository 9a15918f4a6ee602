import type { Type } from '../check/type';
import { BOOL, BYTES, DOUBLE, DURATION, DYN, INT, NULL, STRING, TIMESTAMP, UINT } from '../check/type';
import { opaque, param, struct } from '../check/type';
import type { Result, Value } from '../values/value';

/** One way to call a function. */
export interface Overload {
  readonly id: string;
  /** Whether it is a method, such as `text.contains(part)`, whose first parameter is the receiver. */
  readonly isMember: boolean;
  readonly parameters: readonly Type[];
  /** The names of the type variables in its signature. */
  readonly variables: readonly string[];
  readonly result: Type;
  /** Called only with values that match the types of the parameters. */
  readonly run: (args: readonly Value[]) => Result;
}

/** Functions by name: `size`, `_+_`, `ip.isCanonical`. */
export type FunctionSet = ReadonlyMap<string, readonly Overload[]>;

export const QUANTITY = struct('kubernetes.Quantity');
export const URL_TYPE = struct('kubernetes.URL');
export const SEMVER = struct('kubernetes.Semver');
export const FORMAT = struct('kubernetes.NamedFormat');
export const IP = opaque('net.IP');
export const CIDR = opaque('net.CIDR');
export const AUTHORIZER = struct('kubernetes.authorization.Authorizer');
export const PATH_CHECK = struct('kubernetes.authorization.PathCheck');
export const GROUP_CHECK = struct('kubernetes.authorization.GroupCheck');
export const RESOURCE_CHECK = struct('kubernetes.authorization.ResourceCheck');
export const DECISION = struct('kubernetes.authorization.Decision');

const NAMES: Readonly<Record<string, Type>> = {
  bool: BOOL,
  int: INT,
  uint: UINT,
  double: DOUBLE,
  string: STRING,
  bytes: BYTES,
  null: NULL,
  dyn: DYN,
  duration: DURATION,
  timestamp: TIMESTAMP,
  Quantity: QUANTITY,
  URL: URL_TYPE,
  Semver: SEMVER,
  Format: FORMAT,
  IP,
  CIDR,
  Authorizer: AUTHORIZER,
  PathCheck: PATH_CHECK,
  GroupCheck: GROUP_CHECK,
  ResourceCheck: RESOURCE_CHECK,
  Decision: DECISION,
};

/**
 * An overload from its signature: `string.(string, int): int` is a method of strings, `(list<A>): int` a function.
 *
 * @typeParam A the TypeScript types of the arguments in the signature
 */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- gives `run` the types of its arguments
export function overload<A extends readonly Value[]>(
  id: string,
  signature: string,
  run: (...args: A) => Result,
): Overload {
  const match = /^(.*?)\.?\((.*)\): (.*)$/.exec(signature);
  const [receiver = '', args = '', result = ''] = match?.slice(1) ?? [];
  const parameters = splitTypes([receiver, args].filter((part) => part !== '').join(', ')).map(readType);
  return {
    id,
    isMember: receiver !== '',
    parameters,
    variables: [...new Set(signature.match(/\b[A-Z]\b/g))],
    result: readType(result),
    // The checker and the dispatch ensure that the arguments match the signature.
    run: (values) => run(...(values as unknown as A)),
  };
}

/** Groups overloads by function name. */
export function functions(table: Readonly<Record<string, readonly Overload[]>>): FunctionSet {
  return new Map(Object.entries(table));
}

function readType(text: string): Type {
  const generic = /^([a-z]+)<(.*)>$/.exec(text);
  if (generic !== null) {
    const [, name = '', inner = ''] = generic;
    const parameters = splitTypes(inner).map(readType);
    if (name === 'optional') return { kind: 'opaque', name: 'optional_type', parameters };
    return { kind: name as 'list' | 'map' | 'type', name, parameters };
  }
  return NAMES[text] ?? param(text);
}

/** Splits at commas outside brackets. */
function splitTypes(text: string): string[] {
  const parts: string[] = [];
  let [depth, part] = [0, ''];
  for (const sign of text) {
    if (sign === '<') depth += 1;
    if (sign === '>') depth -= 1;
    if (sign === ',' && depth === 0) {
      parts.push(part.trim());
      part = '';
    } else part += sign;
  }
  return part.trim() === '' ? parts : [...parts, part.trim()];
}
