import type { ManagedEntry } from '../../apiserver/apply/managed-fields';

/** Programs of a cluster and what is installed in it: what they write is their work, and no drift. */
const CONTROLLERS =
  /(^|[-_.])(admission|agent|autoscaler|cainjector|controller|controllers|controllermanager|injector|kubelet|operator|provisioner|recommender|scheduler|webhook|webhooks)([-_.]|$)|^(cilium|istio|istiod|karpenter|keda|kube-apiserver|kyverno|linkerd|pilot|pilot-discovery|vpa)|(controller|operator)s?$|-manager$/i;

/** Whether an entry is what a controller wrote: its own fields, and those that it is there to set. */
export function isController({ manager }: ManagedEntry): boolean {
  return CONTROLLERS.test(manager);
}

/** A manager as people know it: with the subresource it wrote through, such as `scale`. */
export function managerName({ manager, subresource }: ManagedEntry): string {
  return subresource === '' ? manager : `${manager} (${subresource})`;
}

/** Fields that controllers and commands leave in an object as their notes, whoever writes them. */
const NOTES =
  /(^|\.)caBundle$|^metadata\.(finalizers|ownerReferences)\b|^spec\.template\.metadata\.annotations\[kubectl\.kubernetes\.io\/restartedAt\]$/;

/** Whether a field that no manifest has is left by a controller, or by `kubectl rollout restart`. */
export function isNote(path: string): boolean {
  return NOTES.test(path);
}
