import { grouped } from '../../kube/grouped';
import { compareQuantities, parseQuantity } from '../../kube/quantity';
import { below, type Reporter } from '../core/problems';
import { record } from '../core/shapes';
import { AMOUNTS, renderAmount, type Amounts } from './quota';

/** What the containers of a namespace may request and use, each by resource: `{ memory: '256Mi' }`. */
export interface ContainerLimits {
  /** Limits of containers that set none. @default `max` */
  readonly default?: Amounts;
  /** Requests of containers that set none. @default `default`, else `min` */
  readonly defaultRequest?: Amounts;
  /** The least that a container must request. @default no minimum */
  readonly min?: Amounts;
  /** The most that a container may have as limit. @default no maximum */
  readonly max?: Amounts;
}

const FIELDS = ['default', 'defaultRequest', 'min', 'max'] as const;

export const CONTAINER_LIMITS = record<ContainerLimits>(
  { default: AMOUNTS, defaultRequest: AMOUNTS, min: AMOUNTS, max: AMOUNTS },
  { example: "{ default: { memory: '256Mi' } }" },
);

/** `limits` of a LimitRange, for containers. */
export function renderContainerLimits(limits: ContainerLimits, report: Reporter): readonly object[] {
  const fields = FIELDS.flatMap((field): [string, Record<string, string>][] => {
    const amounts = limits[field];
    if (amounts === undefined) return [];
    const rendered = Object.entries(amounts).map(([name, amount]): [string, string] => [
      name,
      renderAmount(amount, below(`${field}.${name}`, report)),
    ]);
    return [[field, Object.fromEntries(rendered)]];
  });
  if (fields.length === 0)
    report({ code: 'MISSING_PROP', message: 'Required value: no limit is set', hint: 'Leave out `limits`.' });
  checkOrder(new Map(fields), report);
  return [{ type: 'Container', ...Object.fromEntries(fields) }];
}

/** From the least to the most. */
const ORDER = ['min', 'defaultRequest', 'default', 'max'];

/**
 * Reports amounts that are more than what bounds them, once for each resource.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateLimitRange 1.36
 */
function checkOrder(fields: ReadonlyMap<string, Readonly<Record<string, string>>>, report: Reporter): void {
  const given = ORDER.flatMap((field) =>
    Object.entries(fields.get(field) ?? {}).map(([name, amount]) => ({ field, name, amount })),
  );
  for (const amounts of grouped(given, ({ name }) => name).values()) {
    const at = amounts.findIndex(({ amount }, index) => isMore(amount, amounts[index + 1]?.amount));
    const [low, high] = at < 0 ? [] : amounts.slice(at);
    if (low === undefined || high === undefined) continue;
    below(
      `${low.field}.${low.name}`,
      report,
    )({
      code: 'INVALID_PROP',
      message: `Invalid value: "${low.amount}": must be less than or equal to ${high.field}.${high.name}, which is ${high.amount}`,
    });
  }
}

/** Nothing is more than an amount that is not there. */
function isMore(a: string, b: string | undefined): boolean {
  const [first, second] = [parseQuantity(a), b === undefined ? undefined : parseQuantity(b)];
  return first !== undefined && second !== undefined && compareQuantities(first, second) > 0;
}
