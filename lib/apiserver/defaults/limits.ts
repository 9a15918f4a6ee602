import { recordIn, type Plain } from './plain';

/**
 * Limits of containers default to the most there may be, their requests to those limits or to the least.
 *
 * @source k8s.io/kubernetes pkg/apis/core/v1/defaults.go SetDefaults_LimitRangeItem 1.36
 */
export function limitRangeItem(item: Plain): void {
  if (item['type'] !== 'Container') return;
  const limits = { ...recordIn(item, 'max'), ...recordIn(item, 'default') };
  item['default'] = limits;
  item['defaultRequest'] = { ...recordIn(item, 'min'), ...limits, ...recordIn(item, 'defaultRequest') };
}
