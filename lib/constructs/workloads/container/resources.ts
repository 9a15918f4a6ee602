import type { Quantity } from '../../../kube/quantity';
import { parseQuantity } from '../../../kube/quantity';
import {
  isHugePages,
  isOvercommitAllowed,
  requestProblem,
  resourceAmountProblem,
  resourceNameProblem,
} from '../../../kube/resources';
import type { Reporter } from '../../core/problems';
import { below } from '../../core/problems';
import type { Keys } from '../../core/props';
import { checkKeys, isRecord, nonEmptyRecord, shown } from '../../core/props';

/** A quantity as Kubernetes writes it: `250m`, `1.5`, `256Mi`. Numbers are whole units. */
export type Amount = string | number;

/** What a container asks for and may use at most. */
export interface AmountRange {
  /** What the scheduler sets aside. @default the limit, where there is one */
  readonly request?: Amount;
  /** What the container may use at most. @default no limit */
  readonly limit?: Amount;
}

/**
 * Resources by name: `cpu`, `memory`, `ephemeral-storage`, `hugepages-2Mi`, or extended ones such as `nvidia.com/gpu`.
 *
 * An amount alone is a request; nothing is limited unless said. Extended resources and huge pages cannot be
 * overcommitted, so for them it is the limit, and the request follows.
 */
export type Resources = Readonly<Record<string, Amount | AmountRange>>;

const RANGE_KEYS: Keys<AmountRange> = { request: true, limit: true };

/** `resources` of a container. */
export function renderResources(resources: Resources, report: Reporter): object {
  const requests: Record<string, string> = {};
  const limits: Record<string, string> = {};
  for (const [name, amount] of Object.entries(resources)) {
    const telling = below(name, report);
    const { request, limit } = rangeOf(name, amount, telling);
    if (request !== undefined) requests[name] = String(request);
    if (limit !== undefined) limits[name] = String(limit);
  }
  checkHugePages(new Set([...Object.keys(requests), ...Object.keys(limits)]), report);
  return { ...nonEmptyRecord('limits', limits), ...nonEmptyRecord('requests', requests) };
}

/** What an amount alone means: see Resources. */
function rangeOf(name: string, amount: Amount | AmountRange, report: Reporter): AmountRange {
  const range = isRecord(amount)
    ? amount
    : isOvercommitAllowed(name)
      ? { request: amount }
      : { limit: amount };
  checkKeys(range, RANGE_KEYS, report);
  const wrong = resourceNameProblem(name);
  if (wrong === undefined) checkRange(name, range, report);
  else report({ code: 'INVALID_NAME', message: `"${name}" is no resource: ${wrong}` });
  return range;
}

function checkRange(name: string, range: AmountRange, report: Reporter): void {
  const limit = readAmount(name, range.limit, report);
  const request = readAmount(name, range.request, report);
  if (request === undefined || (range.limit !== undefined && limit === undefined)) return;
  const wrong = requestProblem(name, request, limit);
  if (wrong !== undefined)
    report({ code: 'INVALID_QUANTITY', message: `the request of ${range.request} ${wrong}` });
}

function readAmount(name: string, amount: Amount | undefined, report: Reporter): Quantity | undefined {
  if (amount === undefined) return undefined;
  const quantity = parseQuantity(amount);
  if (quantity === undefined) {
    const hint = 'Write it as Kubernetes does: 250m, 1.5, 256Mi, 2G.';
    report({ code: 'INVALID_QUANTITY', message: `${shown(amount)} is no quantity`, hint });
    return undefined;
  }
  const wrong = resourceAmountProblem(name, quantity);
  if (wrong !== undefined) report({ code: 'INVALID_QUANTITY', message: `${amount} ${wrong}` });
  return quantity;
}

/** Source: validateResourceRequirements of core/v1. */
function checkHugePages(names: ReadonlySet<string>, report: Reporter): void {
  const pages = [...names].find(isHugePages);
  if (pages === undefined || names.has('cpu') || names.has('memory')) return;
  report({
    code: 'MISSING_PROP',
    path: pages,
    message: 'huge pages go only with an amount of cpu or memory',
  });
}
