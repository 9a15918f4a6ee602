import type { Field } from '../../manifest/field';
import { bytes } from './amounts';
import type { Warnings } from './warning';

/** @source k8s.io/kubernetes pkg/api/persistentvolumeclaim/util.go GetWarningsForPersistentVolumeClaimSpec 1.37 */
export function claimSpec(spec: Field, warnings: Warnings): void {
  for (const side of ['requests', 'limits']) bytes(spec.at('resources', side).key('storage'), warnings);
}
