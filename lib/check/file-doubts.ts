import { BY_RUNTIME_CONFIG } from '../apiserver/admission/recognize';
import { DUAL_STACK } from '../apiserver/admission/rules/network/service-ips';
import type { Elsewhere } from '../graph/around';
import { defaulterOf, isDefaulting } from '../graph/mutators';
import { formatId, type Manifest } from '../manifest/manifest';
import type { Finding } from './finding';

/**
 * `findings` in files, of which those that the cluster or the project may make good are warnings: what a cluster takes by
 * its configuration, what a kustomization adds to its base, and what a webhook sets.
 *
 * @param all objects of the project, of which webhooks count wherever they are
 */
export function withFileDoubts(
  findings: readonly Finding[],
  elsewhere: Elsewhere | undefined,
  all: readonly Manifest[] = [],
): Finding[] {
  const webhooks = all.filter(isDefaulting);
  return findings.map((finding) => {
    const doubt = finding.severity === 'error' ? doubtOf(finding, elsewhere, webhooks) : undefined;
    if (doubt === undefined) return finding;
    return { ...finding, severity: 'warning', message: `${finding.message}, but ${doubt}` };
  });
}

function doubtOf(
  { rule, message, hint, id }: Finding,
  elsewhere: Elsewhere | undefined,
  webhooks: readonly Manifest[],
): string | undefined {
  if (!rule.startsWith('admission/')) return undefined;
  if (hint === DUAL_STACK) return 'the cluster may be dual-stack';
  if (hint === BY_RUNTIME_CONFIG) return 'the cluster may serve it';
  const isMissing = rule === 'admission/required' || message.startsWith('Invalid value: null');
  const builder = isMissing ? elsewhere?.builtBy() : undefined;
  if (builder !== undefined) return `${builder} builds on this folder, and may add it`;
  const defaulter = isMissing && id.name !== '' ? defaulterOf(id, webhooks) : undefined;
  return defaulter && `${formatId(defaulter.id)} may set it`;
}
