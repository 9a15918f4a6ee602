import { isOn } from '../../kube/gates';
import type { KubernetesRelease } from '../../kube/schema';
import { hasAny, type Plain } from './plain';

/** @source k8s.io/kubernetes pkg/apis/storage/v1/defaults.go SetDefaults_CSIDriver 1.36 */
export function csiDriverSpec(spec: Plain, kubernetes: KubernetesRelease): void {
  if (!hasAny(spec, 'volumeLifecycleModes')) spec['volumeLifecycleModes'] = ['Persistent'];
  if (isOn('SELinuxMountReadWriteOncePod', kubernetes)) spec['seLinuxMount'] ??= false;
  if (isOn('VolumeLimitScaling', kubernetes)) spec['preventPodSchedulingIfMissing'] ??= false;
}
