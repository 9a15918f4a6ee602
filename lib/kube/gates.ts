import gates from './schema/data/gates.json';
import { isBefore } from './schema/release';
import type { KubernetesRelease } from './schema/release';

/** A feature gate of the API server, by Kubernetes' name for it. */
export type Gate = keyof typeof gates;

/** The release since which each gate is on by default; false for one that is off. */
const SINCE: Readonly<Record<Gate, string | boolean>> = gates;

/**
 * Whether an API server of `kubernetes` has a feature switched on by default.
 *
 * @source k8s.io/kubernetes pkg/features/kube_features.go defaultVersionedKubernetesFeatureGates 1.36
 */
export function isOn(gate: Gate, kubernetes: KubernetesRelease): boolean {
  const since = SINCE[gate];
  return typeof since === 'string' && !isBefore(kubernetes, since);
}
