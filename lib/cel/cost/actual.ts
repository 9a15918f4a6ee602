import { atLeast } from '../../kube/at-least';
import type { KubernetesRelease } from '../../kube/schema';
import type { CallCost, Cost } from '../run/frame';
import { characterCount } from '../functions/text';
import { FormatValue } from '../functions/named-formats';
import { ListValue, MapValue } from '../values/collections';
import { OpaqueValue, OptionalValue } from '../values/value';
import type { Result, Value } from '../values/value';

/** Traversing ten characters costs one unit; a regular expression is assumed to have one state for four characters. */
export const TRAVERSAL = 0.1;
export const REGEX = 0.25;

/** The size of a value: characters, bytes, items or entries; 1 for a value without a size. */
export function sizeOf(value: Result): number {
  if (typeof value === 'string') return characterCount(value);
  if (value instanceof Uint8Array) return value.length;
  if (value instanceof ListValue || value instanceof MapValue || value instanceof OpaqueValue)
    return value.size;
  return value instanceof OptionalValue && value.value !== undefined ? sizeOf(value.value) : 1;
}

const size = (args: readonly Value[], index: number): number => sizeOf(args[index] ?? null);
const traversed =
  (index: number, factor = 1): Cost =>
  (args) =>
    Math.ceil(size(args, index) * factor * TRAVERSAL);
const smaller: Cost = (args) => Math.ceil(Math.min(size(args, 0), size(args, 1)) * TRAVERSAL);
const both: Cost = (args) => Math.ceil((size(args, 0) + size(args, 1)) * TRAVERSAL);
const searched: Cost = (args) =>
  Math.ceil((1 + size(args, 0)) * TRAVERSAL) * Math.ceil(size(args, 1) * REGEX);
const within: Cost = (args) => Math.ceil(size(args, 0) * TRAVERSAL) * Math.ceil(size(args, 1) * TRAVERSAL);
const itself: Cost = ([value]) => traversal(value ?? null);
const output: Cost = (_, result) => sizeOf(result) + 11;

/** The cost of comparing each item with each other item. */
const selfCompared =
  (index: number): Cost =>
  (args) => {
    const list = args[index];
    const count = list instanceof ListValue ? list.size : 1;
    const first = list instanceof ListValue && count > 0 ? list.at(0) : null;
    const isText = typeof first === 'string' || first instanceof Uint8Array;
    return Math.floor(count * count * (isText ? 2 + TRAVERSAL : 2)) + 11;
  };

const crossed =
  (factor: number): Cost =>
  (args) =>
    1 + size(args, 0) * size(args, 1) * factor;

/** The cost of traversing a value. */
function traversal(value: Value): number {
  if (typeof value === 'string') return Math.floor(Buffer.byteLength(value) * TRAVERSAL);
  if (value instanceof Uint8Array) return Math.floor(value.length * TRAVERSAL);
  if (!(value instanceof ListValue)) return 1;
  let cost = 0;
  for (const item of value) cost += traversal(item);
  return cost;
}

/** Costs by function; a function that is not listed costs one. */
const BY_NAME: Readonly<Record<string, Cost>> = {
  check: () => 350_000,
  fieldSelector: (args) => 10 + Math.ceil(size(args, 1) * TRAVERSAL) + Math.ceil(size(args, 1) / 2) * 50,
  labelSelector: (args) => 10 + Math.ceil(size(args, 1) * TRAVERSAL) + Math.ceil(size(args, 1) / 2) * 50,
  isSorted: itself,
  sum: itself,
  max: itself,
  min: itself,
  indexOf: itself,
  lastIndexOf: itself,
  url: traversed(0),
  lowerAscii: traversed(0),
  upperAscii: traversed(0),
  substring: traversed(0),
  trim: traversed(0),
  'jsonpatch.escapeKey': traversed(0),
  replace: traversed(0, 2),
  split: traversed(0, 2),
  join: (_, result) => Math.ceil(sizeOf(result) * 2 * TRAVERSAL),
  find: searched,
  findAll: searched,
  matches: searched,
  cidr: traversed(0),
  isIP: traversed(0),
  isCIDR: traversed(0),
  'ip.isCanonical': traversed(0, 2),
  quantity: traversed(0),
  isQuantity: traversed(0),
  semver: traversed(0),
  isSemver: traversed(0),
  validate: ([format, text]) =>
    Math.ceil((1 + sizeOf(text ?? null)) * TRAVERSAL) *
    Math.ceil((format instanceof FormatValue ? format.regexSize : 0) * REGEX),
  contains: within,
};

/** Costs by overload, where overloads of a function differ; they take precedence. */
const BY_OVERLOAD: Readonly<Record<string, Cost>> = {
  starts_with_string: traversed(0),
  ends_with_string: traversed(0),
  string_to_bytes: traversed(0),
  bytes_to_string: traversed(0),
  strings_quote: traversed(0),
  string_format: traversed(0),
  matches: () => 1,
  in_list: (args) => size(args, 1),
  equals: (args, result) => (args[0] instanceof OpaqueValue ? 1 : smaller(args, result)),
  not_equals: smaller,
  add_string: both,
  add_bytes: both,
  optional_or_optional: () => 0,
  optional_orValue_value: () => 0,
  string_to_ip: traversed(0),
  cidr_ip: () => 1,
  cidr_contains_ip_string: (args) =>
    Math.ceil(size(args, 0) * 2 * TRAVERSAL) + Math.ceil(size(args, 1) * TRAVERSAL),
  cidr_contains_ip_ip: (args) => Math.ceil(size(args, 0) * 2 * TRAVERSAL),
  list_slice: output,
  lists_range: output,
  list_reverse: output,
  list_flatten: (args) => size(args, 0) + 11,
  list_flatten_int: (args) => size(args, 0) * Math.max(0, Number(args[1] ?? 0)) + 11,
  list_distinct: selfCompared(0),
  list_sets_contains_list: crossed(1),
  list_sets_intersects_list: crossed(1),
  list_sets_equivalent_list: crossed(2),
};

/** Since cel-go 0.29: the prefix or suffix is read, and not the text; `matches` as a function costs what it does. */
const SINCE_1_37: Readonly<Record<string, Cost>> = {
  starts_with_string: traversed(1),
  ends_with_string: traversed(1),
  matches: searched,
};

/** The run time costs of calls, by the rules of cel-go and Kubernetes (`apiserver/pkg/cel/library/cost.go`). */
export function actualCost(kubernetes: KubernetesRelease): CallCost {
  const newest = (id: string): Cost | undefined => {
    const cost = SINCE_1_37[id];
    return cost !== undefined && atLeast(kubernetes, '1.37') ? cost : undefined;
  };
  return (name, id) => newest(id) ?? BY_OVERLOAD[id] ?? byFamily(id) ?? BY_NAME[name] ?? (() => 1);
}

function byFamily(id: string): Cost | undefined {
  if (/^(?:less|greater)(?:_equals)?_(?:string|bytes)$/.test(id)) return smaller;
  if (/^list_.*_sort$/.test(id)) return selfCompared(0);
  if (/^list_.*_sortByAssociatedKeys$/.test(id)) return selfCompared(1);
  return id.startsWith('cidr_contains_cidr') ? containedCidr : undefined;
}

const containedCidr: Cost = (args) => {
  const [mine, other] = [size(args, 0), args[1] ?? null];
  const parsed = typeof other === 'string' ? Math.ceil(sizeOf(other) * TRAVERSAL) : 0;
  return Math.ceil(mine * 2 * TRAVERSAL) + Math.ceil(mine * TRAVERSAL) + 1 + parsed;
};
