import { recordIn } from '../../apiserver/defaults/plain';
import { formatId } from '../../manifest/manifest';
import type { PlainRecord } from '../../manifest/data';
import { groupKind } from '../../apiserver/kinds/registry';
import type { Step } from './rule';

/** `apps/Deployment` of a step. */
export function kindOf({ change: { id } }: Step): string {
  return groupKind(id.apiVersion, id.kind);
}

/** `Deployment shop/api` of a step. */
export function nameOf({ change: { id } }: Step): string {
  return formatId(id);
}

/** The spec that the server will hold. */
export function specOf({ now }: Step): PlainRecord {
  return (now && recordIn(now, 'spec')) ?? {};
}

/** A whole number that is in a field, or what stands for it where none is. */
export function numberIn(record: PlainRecord, name: string, fallback: number): number {
  const value = record[name];
  return typeof value === 'number' ? value : fallback;
}

/** `1 pod`, `3 pods`. */
export function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}

/**
 * How many of `total` an int-or-string stands for.
 *
 * Source: GetScaledValueFromIntOrPercent of apimachinery `pkg/util/intstr`: surge is rounded up, unavailable down.
 */
export function scaled(value: unknown, total: number, rounding: 'up' | 'down'): number {
  if (typeof value === 'number') return value;
  const percent = typeof value === 'string' ? /^(\d+)%$/.exec(value)?.[1] : undefined;
  if (percent === undefined) return 0;
  const exact = (Number(percent) * total) / 100;
  return rounding === 'up' ? Math.ceil(exact) : Math.floor(exact);
}
