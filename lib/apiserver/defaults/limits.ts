import { recordIn, type Plain } from './plain';

/**
 * Limits of containers default to the maximum, their requests to these limits or to the minimum.
 *
 * @source k8s.io/kubernetes pkg/apis/core/v1/defaults.go SetDefaults_LimitRangeItem 1.36
 */
export function limitRangeItem(item: Plain): void {
  if (item['type'] !== 'Container') return;
  const limits = { ...recordIn(item, 'max'), ...recordIn(item, 'default') };
  item['default'] = limits;
  item['defaultRequest'] = { ...recordIn(item, 'min'), ...limits, ...recordIn(item, 'defaultRequest') };
}
