import type { StayingObject } from '../cluster/owned/prunable';
import { formatId } from '../manifest/manifest';
import { name, sentence } from './escape/terminal';

/** Objects that an application no longer has and that stay in the cluster. */
export interface Staying {
  /** Those that hold data. */
  readonly guarded: readonly StayingObject[];
  readonly kept: readonly StayingObject[];
}

/** What stays and why, an object a line; no lines if nothing stays. */
export function stayingLines({ guarded, kept }: Staying): string[] {
  return [
    ...listed('Kept, since they hold data; --allow-data-loss names what may go:', guarded),
    ...listed('Kept:', kept),
  ];
}

function listed(head: string, objects: readonly StayingObject[]): string[] {
  if (objects.length === 0) return [];
  return [head, ...objects.map(({ id, why }) => `  ${name(formatId(id))}: ${sentence(why)}`)];
}
