import { recordIn, type Plain } from './plain';

/** Limits of containers default to the most there may be, their requests to those limits or to the least. */
export function limitRangeItem(item: Plain): void {
  if (item['type'] !== 'Container') return;
  const limits = { ...recordIn(item, 'max'), ...recordIn(item, 'default') };
  item['default'] = limits;
  item['defaultRequest'] = { ...recordIn(item, 'min'), ...limits, ...recordIn(item, 'defaultRequest') };
}
