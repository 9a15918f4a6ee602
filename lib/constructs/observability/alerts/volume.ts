import type { AlertKind } from './alert';
import { by, matchers, ratio } from './selectors';

/**
 * How full its volumes are. Relies on `kubelet_volume_stats_…` of the kubelet, which the driver of the volume must support;
 * the claims are those that the pods mount.
 */
export const volume: AlertKind = {
  alert: 'VolumeFilling',
  unit: 'percentage',
  fires: '>',
  defaults: { at: '85%', for: '15m' },
  lacks: ({ claims }) =>
    claims.length > 0 ? undefined : 'a PersistentVolumeClaim, such as that of `storage`',
  query: (target) => {
    const series = (metric: string): string =>
      `max${by(target, 'persistentvolumeclaim')} (kubelet_volume_stats_${metric}{${matchers(target, `persistentvolumeclaim=~"${target.claims.join('|')}"`)}})`;
    return ratio(series('used_bytes'), series('capacity_bytes'));
  },
  summary: 'a volume is more than {at} full',
  description:
    'PersistentVolumeClaim {{ $labels.persistentvolumeclaim }} is {{ $value | humanizePercentage }} full.',
};
