import gates from './schema/data/gates.json';
import { isBefore } from './schema/release';
import type { KubernetesRelease } from './schema/release';

/** A feature gate of the API server, by its name in Kubernetes. */
export type Gate = keyof typeof gates;

/** The release in which each gate became on by default; false for a gate that is off. */
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
