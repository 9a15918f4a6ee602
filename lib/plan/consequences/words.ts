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

/**
 * `a`, `a and b`, `a, b and c`; of more than `most`, the first ones and how many more.
 *
 * @param total how many there are, where `names` are only the first ones
 */
export function listed(names: readonly string[], most: number, total = names.length): string {
  const shown = names.slice(0, most);
  const rest = total - shown.length;
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}`;
}
