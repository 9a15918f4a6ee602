import type { FeatureGates } from '../../kube/feature-gates';
import { hasAny, recordIn, recordsIn, type Plain } from './plain';

const QUARTER = '25%';

/** @source k8s.io/kubernetes pkg/apis/apps/v1/defaults.go SetDefaults_Deployment 1.36 */
export function deploymentStrategy(strategy: Plain): void {
  if (strategy['type'] !== 'RollingUpdate') return;
  strategy['rollingUpdate'] ??= { maxUnavailable: QUARTER, maxSurge: QUARTER };
}

/** @source k8s.io/kubernetes pkg/apis/apps/v1/defaults.go SetDefaults_DaemonSet 1.36 */
export function daemonSetUpdateStrategy(strategy: Plain): void {
  if (strategy['type'] !== 'RollingUpdate') return;
  strategy['rollingUpdate'] ??= { maxUnavailable: 1, maxSurge: 0 };
}

/**
 * A StatefulSet without an updateStrategy type gets the type and `rollingUpdate`; one with a type gets no
 * `rollingUpdate`.
 *
 * @source k8s.io/kubernetes pkg/apis/apps/v1/defaults.go SetDefaults_StatefulSet 1.36
 */
export function statefulSetUpdateStrategy(strategy: Plain, gates: FeatureGates): void {
  if (strategy['type'] === undefined) {
    strategy['type'] = 'RollingUpdate';
    strategy['rollingUpdate'] ??= {};
  }
  const rollingUpdate = recordIn(strategy, 'rollingUpdate');
  if (strategy['type'] !== 'RollingUpdate' || rollingUpdate === undefined) return;
  rollingUpdate['partition'] ??= 0;
  if (gates.isOn('MaxUnavailableStatefulSet')) rollingUpdate['maxUnavailable'] ??= 1;
}

/**
 * Claims are retained by default, and their templates get an apiVersion and a kind.
 *
 * @source k8s.io/kubernetes pkg/apis/apps/v1/defaults.go SetDefaults_StatefulSet 1.36
 */
export function statefulSetSpec(spec: Plain): void {
  spec['persistentVolumeClaimRetentionPolicy'] ??= { whenDeleted: 'Retain', whenScaled: 'Retain' };
  for (const template of recordsIn(spec, 'volumeClaimTemplates')) {
    template['apiVersion'] = 'v1';
    template['kind'] = 'PersistentVolumeClaim';
  }
}

/**
 * A missing selector and missing labels default to the labels of the template.
 *
 * @source k8s.io/kubernetes pkg/apis/core/v1/defaults.go SetDefaults_ReplicationController 1.36
 */
export function replicationController(controller: Plain): void {
  const spec = recordIn(controller, 'spec') ?? {};
  const metadata = recordIn(controller, 'metadata') ?? {};
  const labels = recordIn(recordIn(recordIn(spec, 'template') ?? {}, 'metadata') ?? {}, 'labels');
  if (labels === undefined) return;
  if (!hasAny(spec, 'selector')) spec['selector'] = { ...labels };
  if (!hasAny(metadata, 'labels')) metadata['labels'] = { ...labels };
}
