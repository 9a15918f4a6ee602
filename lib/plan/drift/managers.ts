import { managedEntries, type ManagedEntry } from '../../apiserver/apply/managed-fields';
import type { KubeObject } from '../../manifest/manifest';

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

/** The manager of what Seaworthy applies. */
const SEAWORTHY = 'seaworthy';

/**
 * Who applies objects of a cluster: the manager that has applied most of them, such as `kubectl` or `argocd-controller`, and
 * Seaworthy where none has applied more; others may share a few, such as a PriorityClass. What `kubectl apply` sends without `--server-side` is taken over by whoever applies.
 */
export function applierOf(objects: readonly KubeObject[]): string {
  const counts = new Map<string, number>();
  for (const { manager, operation, subresource } of objects.flatMap(managedEntries))
    if (operation === 'Apply' && subresource === '') counts.set(manager, (counts.get(manager) ?? 0) + 1);
  const [most] = [...counts].sort(([a, few], [b, many]) => many - few || (a < b ? -1 : 1));
  return most === undefined || most[1] === counts.get(SEAWORTHY) ? SEAWORTHY : most[0];
}
