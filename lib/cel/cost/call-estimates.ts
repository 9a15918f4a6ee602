import { atLeast } from '../../kube/at-least';
import type { KubernetesRelease } from '../../kube/schema';
import type { Type } from '../check/type';
import { same } from '../check/type';
import { FORMAT, URL_TYPE } from '../functions/overload';
import type { Expr } from '../syntax/expression';
import { REGEX, TRAVERSAL } from './actual';
import type { Range } from './range';
import { MOST, UNKNOWN, exactly, product, scaled, sum } from './range';

/** An argument of a call, or its target. */
export interface Operand {
  readonly type: Type;
  /** Undefined for a value without an expression: the items of a list. */
  readonly expr: Expr | undefined;
  /** Its size, where known. */
  readonly size: Range | undefined;
  /** The size of its items by the schema. */
  readonly itemSize: Range | undefined;
}

export interface CallEstimate {
  readonly cost: Range;
  readonly size?: Range | undefined;
}

type Estimate = (
  target: Operand | undefined,
  args: readonly Operand[],
  id: string,
) => CallEstimate | undefined;

export function sizeOf(operand: Operand | undefined): Range {
  return operand?.size ?? UNKNOWN;
}

const ONE = exactly(1);
const nominal: Estimate = () => ({ cost: ONE });
const traversed = (size: Range, factor = 1): Range => scaled(size, factor * TRAVERSAL);

const firstArgument =
  (factor = 1): Estimate =>
  (_, [arg]) =>
    arg && { cost: traversed(sizeOf(arg), factor) };

const copied: Estimate = (target) => target && { cost: traversed(sizeOf(target)), size: sizeOf(target) };

const copiedArgument: Estimate = (_, [arg]) => arg && { cost: traversed(sizeOf(arg)), size: sizeOf(arg) };

/** One traversal of a list and of its strings. A string has an `indexOf` too. */
const eachItem: Estimate = (target) => {
  if (target === undefined) return undefined;
  const item = target.type.parameters[0];
  if (item === undefined) return { cost: traversed(sizeOf(target)) };
  const isText = item.kind === 'string' || item.kind === 'bytes';
  const each = isText ? sum(ONE, traversed(target.itemSize ?? UNKNOWN)) : ONE;
  return { cost: product(sizeOf(target), each) };
};

const selector: Estimate = (_, [arg]) => {
  const size = sizeOf(arg);
  const requirements = scaled(scaled(size, 0.5), 50);
  return { cost: sum(exactly(10), traversed(size), requirements) };
};

const replaced: Estimate = (target, [part, by]) => {
  if (target === undefined || part === undefined || by === undefined) return undefined;
  const [size, old, fresh] = [sizeOf(target), sizeOf(part), sizeOf(by)];
  const cost = traversed(size, 2);
  const most = longestReplaced(size.max, old.min, fresh.max);
  return { cost, size: { min: shortestReplaced(size.min, old.max, fresh.min), max: Math.min(MOST, most) } };
};

function longestReplaced(size: number, old: number, fresh: number): number {
  if (old === 0) return (size + 1) * fresh + size;
  return fresh <= old ? size : Math.ceil(size / old) * fresh;
}

function shortestReplaced(size: number, old: number, fresh: number): number {
  if (old === 0) return (size + 1) * fresh + size;
  return old <= fresh ? 0 : Math.ceil(size / old) * fresh;
}

const split: Estimate = (target, args) => {
  if (target === undefined) return undefined;
  const limit = args[1]?.expr;
  const isLimited = limit?.kind === 'literal' && limit.literal.type === 'int';
  const count = isLimited ? Number(BigInt.asUintN(64, limit.literal.value)) : sizeOf(target).max;
  return { cost: traversed(sizeOf(target), 2), size: { min: 0, max: count } };
};

const join: Estimate = (target, [separator]) => {
  if (target === undefined) return undefined;
  const list = sizeOf(target);
  let size = target.type.parameters.length > 0 ? product(list, target.itemSize ?? UNKNOWN) : exactly(0);
  if (separator !== undefined) {
    const between = { min: Math.max(0, list.min - 1), max: Math.max(0, list.max - 1) };
    size = sum(size, product(sizeOf(separator), between));
  }
  return { cost: traversed(size), size };
};

const searched: Estimate = (target, [pattern]) => {
  if (target === undefined || pattern === undefined) return undefined;
  const cost = product(traversed(sum(sizeOf(target), ONE)), scaled(sizeOf(pattern), REGEX));
  return { cost, size: { min: 0, max: sizeOf(target).max } };
};

const ADDRESS: Range = { min: 4, max: 16 };
const compared = traversed(sum(ADDRESS, ADDRESS));

const containsIp: Estimate = (_, [arg], id) =>
  arg && { cost: id === 'cidr_contains_ip_string' ? sum(compared, traversed(sizeOf(arg))) : compared };

const containsCidr: Estimate = (_, [arg], id) => {
  if (arg === undefined) return undefined;
  const cost = sum(compared, traversed(ADDRESS), ONE);
  return { cost: id === 'cidr_contains_cidr_string' ? sum(cost, traversed(sizeOf(arg))) : cost };
};

const LONGEST_NAME_REGEX = 128;
const validate: Estimate = (_, [arg]) =>
  arg && { cost: scaled(traversed(sizeOf(arg)), LONGEST_NAME_REGEX * REGEX) };

const ip: Estimate = (target, args, id) =>
  id === 'cidr_ip' ? { cost: ONE } : firstArgument()(target, args, id);

const O1_TYPES = [
  'net.IP',
  'net.CIDR',
  'kubernetes.Quantity',
  'kubernetes.Semver',
  ...['Authorizer', 'PathCheck', 'GroupCheck', 'ResourceCheck', 'Decision'].map(
    (name) => `kubernetes.authorization.${name}`,
  ),
];
const LONGEST_FORMAT = 64;

const equals: Estimate = (_, [one, other]) => {
  if (one === undefined || other === undefined || !same(one.type, other.type)) return undefined;
  const { name } = one.type;
  if (O1_TYPES.includes(name)) return { cost: ONE };
  if (name === FORMAT.name) return { cost: traversed({ min: 1, max: LONGEST_FORMAT }) };
  if (name !== URL_TYPE.name) return undefined;
  return { cost: traversed({ min: 1, max: other.size?.max ?? 1 }) };
};

const each = (names: string, estimate: Estimate): [string, Estimate][] =>
  names.split(' ').map((name) => [name, estimate]);

/** The estimated cost of Kubernetes' functions: `EstimateCallCost` in `apiserver/pkg/cel/library/cost.go`. */
const CALL_ESTIMATES: ReadonlyMap<string, Estimate> = new Map([
  ['check', (): CallEstimate => ({ cost: exactly(350_000) })],
  ...each(
    'serviceAccount path group resource subresource namespace name allowed reason error errored',
    nominal,
  ),
  ...each('fieldSelector labelSelector', selector),
  ...each('isSorted sum max min indexOf lastIndexOf', eachItem),
  ...each('url jsonpatch.escapeKey', copiedArgument),
  ...each('lowerAscii upperAscii substring trim', copied),
  ['replace', replaced],
  ['split', split],
  ['join', join],
  ...each('find findAll', searched),
  ...each('cidr isIP isCIDR quantity isQuantity semver isSemver', firstArgument()),
  ['ip', ip],
  ['ip.isCanonical', firstArgument(2)],
  ...each('masked prefixLength family isUnspecified isLoopback isLinkLocalMulticast', nominal),
  ...each('isLinkLocalUnicast isGlobalUnicast format.named', nominal),
  ['containsIP', containsIp],
  ['containsCIDR', containsCidr],
  ['validate', validate],
  ...each('sign asInteger isInteger asApproximateFloat isGreaterThan isLessThan compareTo add sub', nominal),
  ...each('major minor patch getScheme getHostname getHost getPort getEscapedPath getQuery', nominal),
  ['_==_', equals],
]);

/** As they were before 1.32: a URL has no size, and values of Kubernetes' types are compared like all others. */
const BEFORE_1_32: ReadonlyMap<string, Estimate | undefined> = new Map([
  ['url', firstArgument()],
  ['_==_', undefined],
]);

/** The estimate of a function of Kubernetes; undefined for a function that CEL itself estimates. */
export function estimateOfCall(name: string, kubernetes: KubernetesRelease): Estimate | undefined {
  if (BEFORE_1_32.has(name) && !atLeast(kubernetes, '1.32')) return BEFORE_1_32.get(name);
  return CALL_ESTIMATES.get(name);
}
