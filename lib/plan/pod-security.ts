import type { FieldError } from '../apiserver/admission/review';
import { demandsByNamespace } from '../check/rules/pod-security/levels';
import { podViolations } from '../check/rules/pod-security/violations';
import type { Cluster } from '../graph/cluster';
import { kindKey } from '../graph/objects';
import { podsAt } from '../graph/pods';
import type { Manifest } from '../manifest/manifest';

/**
 * The errors for a new Pod that violates the level which its namespace enforces. A workload is accepted, whatever its
 * template says.
 *
 * @source k8s.io/pod-security-admission admission/admission.go Admission.ValidatePod 1.36
 */
export function podSecurityErrors(manifest: Manifest, cluster: Cluster): FieldError[] {
  if (kindKey(manifest) !== '/Pod') return [];
  const pods = podsAt(cluster, manifest);
  const demand = pods && demandsByNamespace(cluster).get(pods.namespace)?.enforce;
  if (pods === undefined || demand === undefined) return [];
  return podViolations(pods, demand.level, demand.version).map(({ field, message, hint }) => ({
    reason: 'forbidden',
    path: field.path,
    message: `Forbidden: violates PodSecurity "${demand.name}": ${message}`,
    hint,
  }));
}
