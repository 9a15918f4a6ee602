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
  return [{ type: 'Container', ...Object.fromEntries(fields) }];
}
