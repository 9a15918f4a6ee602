import { recordIn } from '../../apiserver/defaults/plain';
import { groupKind } from '../../apiserver/kinds/registry';
import type { PlainRecord } from '../../manifest/data';
import { formatId } from '../../manifest/manifest';
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
  return recordIn(now ?? {}, 'spec') ?? {};
}

/** The spec that the server holds before. */
export function oldSpecOf({ was }: Step): PlainRecord {
  return recordIn(was ?? {}, 'spec') ?? {};
}

/** The number in a field, or `fallback` where there is none. */
export function numberIn(record: PlainRecord, name: string, fallback: number): number {
  const value = record[name];
  return typeof value === 'number' ? value : fallback;
}

/** `1 pod`, `3 pods`. */
export function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}
