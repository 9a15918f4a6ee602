import { demandsByNamespace } from '../../check/rules/pod-security/levels';
import { podViolations } from '../../check/rules/pod-security/violations';
import { podsByOwner } from '../../graph/pods';
import { podTemplateOf } from '../../graph/pod-template';
import type { Manifest } from '../../manifest/manifest';
import type { Steps } from './rule';
import { settledAfter } from './settled';

/** Why the API server rejects the pods of a workload. */
export interface PodRefusal {
  /** As the server calls the level: `restricted:latest`. */
  readonly level: string;
  readonly namespace: string;
  /** `path: what the pod does`, of the first violation. */
  readonly first: string;
  /** How many more there are. */
  readonly more: number;
}

const known = new WeakMap<Steps, Map<Manifest, PodRefusal | undefined>>();

/**
 * Whether the Pod Security admission of a namespace rejects new pods of a workload after the change. It looks at pods when
 * they are created: a workload itself is accepted with a warning, and pods that run already go on.
 *
 * @source k8s.io/pod-security-admission admission/admission.go Admission.ValidatePod, Admission.ValidatePodController 1.36
 */
export function podRefusal(manifest: Manifest | undefined, steps: Steps): PodRefusal | undefined {
  if (manifest === undefined) return undefined;
  const found = known.get(steps) ?? new Map<Manifest, PodRefusal | undefined>();
  known.set(steps, found);
  if (!found.has(manifest)) found.set(manifest, read(manifest, steps));
  return found.get(manifest);
}

function read(manifest: Manifest, steps: Steps): PodRefusal | undefined {
  const cluster = settledAfter(steps);
  const pods = podsByOwner(cluster).get(manifest);
  if (pods === undefined || pods.isOperated || podTemplateOf(manifest.object) === undefined) return undefined;
  const demand = demandsByNamespace(cluster).get(pods.namespace)?.enforce;
  if (demand === undefined) return undefined;
  const [first, ...others] = podViolations(pods, demand.level, demand.version);
  if (first === undefined) return undefined;
  return {
    level: demand.name,
    namespace: pods.namespace,
    first: `${first.field.path}: ${first.message}`,
    more: others.length,
  };
}
