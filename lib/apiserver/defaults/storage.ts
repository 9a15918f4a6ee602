import type { FeatureGates } from '../../kube/feature-gates';
import { hasAny, type Plain } from './plain';

/** @source k8s.io/kubernetes pkg/apis/storage/v1/defaults.go SetDefaults_CSIDriver 1.36 */
export function csiDriverSpec(spec: Plain, gates: FeatureGates): void {
  if (!hasAny(spec, 'volumeLifecycleModes')) spec['volumeLifecycleModes'] = ['Persistent'];
  if (gates.isOn('SELinuxMountReadWriteOncePod')) spec['seLinuxMount'] ??= false;
  if (gates.isOn('VolumeLimitScaling')) spec['preventPodSchedulingIfMissing'] ??= false;
}
