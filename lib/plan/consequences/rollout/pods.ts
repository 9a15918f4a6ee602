import { formatId } from '../../../manifest/manifest';
import type { Autoscaler } from '../scaling/autoscalers';
import { count } from '../words';

/** How many pods a workload has, and what decides that. */
export interface Pods {
  readonly min: number;
  readonly max: number;
  readonly scaler?: Autoscaler;
}

/** `its 1 pod`, `all 3 pods`, and of how many an autoscaler keeps the fewest. */
export function allOf({ min, max, scaler }: Pods): string {
  if (min === 0 && scaler !== undefined)
    return `its pods (${formatId(scaler.manifest.id)} keeps 0 to ${max})`;
  const pods = min === 1 ? 'its 1 pod' : `all ${count(min, 'pod')}`;
  return scaler === undefined ? pods : `${pods} (the minimum of ${formatId(scaler.manifest.id)})`;
}
