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
import { isRecord, nonEmptyRecord, shown } from '../../core/props';
import { anyOf, mapOf, number, record, text } from '../../core/shapes';

/** A quantity: `250m`, `1.5`, `256Mi`. Numbers are whole units. */
export type Amount = string | number;

/** Request and limit of a resource. */
export interface AmountRange {
  /** Amount that the scheduler reserves. @default the limit, where there is one */
  readonly request?: Amount;
  /** Most that the container may use. @default not limited */
  readonly limit?: Amount;
}

/**
 * Resources by name: `cpu`, `memory`, `ephemeral-storage`, `hugepages-2Mi`, or extended ones such as `nvidia.com/gpu`.
 *
 * An amount alone is a request, without a limit. Extended resources and huge pages cannot be overcommitted, so for them it
 * is the limit, and the request equals it.
 */
export type Resources = Readonly<Record<string, Amount | AmountRange>>;

const amount = anyOf<Amount>([text, number], { expected: 'a quantity', code: 'INVALID_QUANTITY' });

const RANGE = record<AmountRange>({ request: amount, limit: amount }, { expected: '{ request, limit }' });

export const RESOURCES = mapOf(
  anyOf<Amount | AmountRange>([text, number, RANGE], {
    expected: 'a quantity or { request, limit }',
    code: 'INVALID_QUANTITY',
  }),
  "{ cpu: '250m', memory: { request: '256Mi', limit: '512Mi' } }",
);

/** `resources` of a container. */
export function renderResources(resources: Resources, report: Reporter): object {
  const requests: Record<string, string> = {};
  const limits: Record<string, string> = {};
  for (const [name, amount] of Object.entries(resources)) {
    const reportBelow = below(name, report);
    const { request, limit } = rangeOf(name, amount, reportBelow);
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
  const wrong = resourceNameProblem(name);
  if (wrong === undefined) checkRange(name, range, report);
  else report({ code: 'INVALID_NAME', message: `Invalid value: "${name}": ${wrong}` });
  return range;
}

function checkRange(name: string, range: AmountRange, report: Reporter): void {
  const limit = readAmount(name, range.limit, report);
  const request = readAmount(name, range.request, report);
  if (request === undefined || (range.limit !== undefined && limit === undefined)) return;
  const wrong = requestProblem(name, request, limit);
  if (wrong !== undefined)
    report({
      code: 'INVALID_QUANTITY',
      message: `Invalid value: ${shown(range.request)}: the request ${wrong}`,
    });
}

function readAmount(name: string, amount: Amount | undefined, report: Reporter): Quantity | undefined {
  if (amount === undefined) return undefined;
  const quantity = parseQuantity(amount);
  if (quantity === undefined) {
    const hint = 'Quantities look like 250m, 1.5, 256Mi or 2G.';
    report({
      code: 'INVALID_QUANTITY',
      message: `Invalid value: ${shown(amount)}: expected a quantity`,
      hint,
    });
    return undefined;
  }
  const wrong = resourceAmountProblem(name, quantity);
  if (wrong !== undefined)
    report({ code: 'INVALID_QUANTITY', message: `Invalid value: ${shown(amount)}: ${wrong}` });
  return quantity;
}

/** Source: validateResourceRequirements of core/v1. */
function checkHugePages(names: ReadonlySet<string>, report: Reporter): void {
  const pages = [...names].find(isHugePages);
  if (pages === undefined || names.has('cpu') || names.has('memory')) return;
  report({
    code: 'MISSING_PROP',
    path: pages,
    message: 'Required value: huge pages need a request of cpu or memory',
  });
}
