import { demandsByNamespace } from '../../check/rules/pod-security/levels';
import { podViolations } from '../../check/rules/pod-security/violations';
import type { Cluster } from '../../graph/cluster';
import { podsAt, type Pods } from '../../graph/pods';
import { podTemplateOf } from '../../graph/pod-template';
import { limitRefusals } from '../../graph/limit-refusals';
import { demandText, unmetDemand } from '../../graph/quota-demands';
import { formatId, type Manifest } from '../../manifest/manifest';
import type { Steps } from './rule';
import { settledAfter } from './settled';

type Refusals = Map<Manifest, string | undefined>;

const security = new WeakMap<Steps, Refusals>();
const quotas = new WeakMap<Steps, Refusals>();
const limits = new WeakMap<Steps, Refusals>();

/** Why the API server rejects new pods of a workload after the change: what events of the workload say. */
export function podRefusal(manifest: Manifest | undefined, steps: Steps): string | undefined {
  return securityRefusal(manifest, steps) ?? limitRefusal(manifest, steps) ?? quotaRefusal(manifest, steps);
}

/**
 * Whether the Pod Security admission of a namespace rejects new pods of a workload after the change. It looks at pods when
 * they are created: a workload itself is accepted with a warning, and pods that run already go on.
 *
 * @source k8s.io/pod-security-admission admission/admission.go Admission.ValidatePod, Admission.ValidatePodController 1.36
 */
export function securityRefusal(manifest: Manifest | undefined, steps: Steps): string | undefined {
  return remembered(manifest, steps, security, (pods, cluster) => {
    const demand = demandsByNamespace(cluster).get(pods.namespace)?.enforce;
    if (demand === undefined) return undefined;
    const [first, ...others] = podViolations(pods, demand.level, demand.version);
    if (first === undefined) return undefined;
    const more = others.length === 0 ? '' : `, and ${others.length} more`;
    return `they violate PodSecurity "${demand.name}", which Namespace ${pods.namespace} enforces: ${first.field.path}: ${first.message}${more}`;
  });
}

/** Whether a LimitRange refuses new pods of a workload: it looks at them before a ResourceQuota does. */
function limitRefusal(manifest: Manifest | undefined, steps: Steps): string | undefined {
  return remembered(manifest, steps, limits, ({ namespace, spec }, cluster) => {
    const [first] = spec.record === undefined ? [] : limitRefusals(cluster, namespace, spec.record);
    return first && `${formatId(first.range.id)}: ${first.message}`;
  });
}

/** Whether a ResourceQuota demands requests or limits that new pods of a workload do not have, nor get by default. */
export function quotaRefusal(manifest: Manifest | undefined, steps: Steps): string | undefined {
  return remembered(manifest, steps, quotas, demandOf);
}

/** The same in any cluster. */
export function demandOf({ namespace, spec }: Pods, cluster: Cluster): string | undefined {
  const demand = spec.record && unmetDemand(cluster, namespace, spec.record);
  return demand && demandText(demand);
}

function remembered(
  manifest: Manifest | undefined,
  steps: Steps,
  known: WeakMap<Steps, Refusals>,
  read: (pods: Pods, cluster: Cluster) => string | undefined,
): string | undefined {
  if (manifest === undefined) return undefined;
  const found = known.get(steps) ?? new Map<Manifest, string | undefined>();
  known.set(steps, found);
  if (!found.has(manifest)) {
    const cluster = settledAfter(steps);
    const pods = podsAt(cluster, manifest);
    const isMade = pods !== undefined && !pods.isOperated && podTemplateOf(manifest.object) !== undefined;
    found.set(manifest, isMade ? read(pods, cluster) : undefined);
  }
  return found.get(manifest);
}
