import type { Manifest } from '../../../manifest/manifest';
import type { Finding } from '../../finding';
import type { Pods } from '../../../graph/pods';
import { podsOf } from '../../../graph/pods';
import type { Cluster } from '../../../graph/cluster';
import type { Demand } from './levels';
import { demandsByNamespace } from './levels';
import { podViolations } from './violations';

/** A finding, and the manifest that it is about. */
export type Report = (manifest: Manifest, finding: Finding) => void;

export const POD_SECURITY = 'admission/pod-security';

/**
 * Reports what the admission plugin PodSecurity rejects, by the labels of the namespaces in the set.
 *
 * The server rejects pods only; for a workload it warns, and its pods are never created. So a workload whose pods would
 * be rejected is an error too. The mode warn is a warning, and audit reports nothing.
 */
export function podSecurityAdmission(cluster: Cluster, report: Report): void {
  const demands = demandsByNamespace(cluster);
  if (demands.size === 0) return;
  for (const pod of podsOf(cluster)) {
    const { enforce, warn } = demands.get(pod.namespace) ?? {};
    const refused = enforce === undefined ? [] : refusals(pod, enforce, 'error');
    const known = new Set(refused.map(({ path }) => path));
    const warned = warn === undefined ? [] : refusals(pod, warn, 'warning');
    for (const finding of [...refused, ...warned.filter(({ path }) => !known.has(path))])
      report(pod.manifest, finding);
  }
}

function refusals(pod: Pods, { level, version, name }: Demand, severity: Finding['severity']): Finding[] {
  const { id } = pod.manifest;
  const verb = severity === 'error' ? 'violates' : 'would violate';
  return podViolations(pod, level, version).map(({ field, message, hint }) => ({
    rule: POD_SECURITY,
    severity,
    id,
    path: field.path,
    message: `${verb} PodSecurity "${name}": ${message}`,
    hint,
  }));
}
