import type { Replicas } from '../../../graph/replicas';
import { formatId } from '../../../manifest/manifest';
import { count } from '../words';

/** `its 1 pod`, `all 3 pods`, and of how many an autoscaler keeps the fewest. */
export function allOf({ min, max, scalers: [scaler] }: Replicas): string {
  if (min === 0 && scaler !== undefined)
    return `its pods (${formatId(scaler.manifest.id)} keeps 0 to ${max})`;
  const pods = min === 1 ? 'its 1 pod' : `all ${count(min, 'pod')}`;
  return scaler === undefined ? pods : `${pods} (the minimum of ${formatId(scaler.manifest.id)})`;
}
