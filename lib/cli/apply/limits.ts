import { InvalidArgumentError } from 'commander';
import type { WaitLimits } from '../../cluster/apply/types';

/** How long an object may take: each, or the one that is named. */
export interface Limit {
  readonly object?: string;
  /** Milliseconds. */
  readonly time: number;
}

const UNITS: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600 };

/** Reads `5m`, `90`, `Deployment/web=10m`; without a unit, seconds. */
export function readLimit(value: string): Limit {
  const [, object, number = '', unit = ''] = /^(?:([^=]+)=)?(\d{1,6}(?:\.\d+)?)([smh]?)$/.exec(value) ?? [];
  const time = Number(number) * (UNITS[unit] ?? 1) * 1000;
  if (number === '' || time === 0)
    throw new InvalidArgumentError(
      'Expected a time such as 90s or 5m, or that of an object: Deployment/web=10m.',
    );
  return { time, ...(object !== undefined && { object }) };
}

/** The limits of a command line: of several for the same, the last one counts. */
export function limitsOf(limits: readonly Limit[]): WaitLimits {
  const common = limits.findLast(({ object }) => object === undefined);
  const own = limits.flatMap(({ object, time }) => (object === undefined ? [] : [[object, time] as const]));
  return { ...(common !== undefined && { timeout: common.time }), timeouts: Object.fromEntries(own) };
}
