import { BY_RUNTIME_CONFIG } from '../apiserver/admission/recognize';
import { DUAL_STACK } from '../apiserver/admission/rules/network/service-ips';
import type { Elsewhere } from '../graph/around';
import type { Finding } from './finding';

/**
 * `findings` in files, of which those that the cluster or the project may make good are warnings: what a cluster takes by
 * its configuration, and what a kustomization adds to its base.
 */
export function withFileDoubts(findings: readonly Finding[], elsewhere: Elsewhere | undefined): Finding[] {
  return findings.map((finding) => {
    const doubt = finding.severity === 'error' ? doubtOf(finding, elsewhere) : undefined;
    if (doubt === undefined) return finding;
    return { ...finding, severity: 'warning', message: `${finding.message}, but ${doubt}` };
  });
}

function doubtOf({ rule, message, hint }: Finding, elsewhere: Elsewhere | undefined): string | undefined {
  if (!rule.startsWith('admission/')) return undefined;
  if (hint === DUAL_STACK) return 'the cluster may be dual-stack';
  if (hint === BY_RUNTIME_CONFIG) return 'the cluster may serve it';
  const isMissing = rule === 'admission/required' || message.startsWith('Invalid value: null');
  const builder = isMissing ? elsewhere?.builtBy() : undefined;
  return builder && `${builder} builds on this folder, and may add it`;
}
