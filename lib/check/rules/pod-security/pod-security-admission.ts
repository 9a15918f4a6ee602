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
 * What the admission plugin PodSecurity says to pods, by the labels of their namespaces in the set.
 *
 * The server refuses pods only; whoever applies a workload is warned, and its pods never come. So a workload whose
 * pods would be refused has an error too. What a namespace only warns of is a warning, and what it audits is nothing.
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
  const does = severity === 'error' ? 'refuses' : 'warns of';
  return podViolations(pod, level, version).map(({ field, message, hint }) => ({
    rule: POD_SECURITY,
    severity,
    id,
    path: field.path,
    message: `${message}, which the namespace "${pod.namespace}" ${does} (Pod Security ${name})`,
    hint,
  }));
}
