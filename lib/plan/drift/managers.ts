import { managedEntries, type ManagedEntry } from '../../apiserver/apply/managed-fields';
import type { KubeObject } from '../../manifest/manifest';
import { BY_HAND, CONTROLLERS } from './known-managers';

/** How programs that run in clusters call themselves, the last resort for those that nobody has listed. */
const CALLED_CONTROLLER = /[-_.](controllers?|controller-manager|operator|webhooks?|injector|autoscaler)$/;

/**
 * Whether an entry is what a controller wrote: its own fields, and those that it is there to set. People's programs are known,
 * and so are those of clusters; of others, whoever writes the status of objects is a controller.
 *
 * @param writers managers that write the status of objects: `statusWriters`
 */
export function isController({ manager }: ManagedEntry, writers: ReadonlySet<string>): boolean {
  if (isByHand(manager)) return false;
  return CONTROLLERS.has(manager) || writers.has(manager) || CALLED_CONTROLLER.test(manager);
}

function isByHand(manager: string): boolean {
  return BY_HAND.has(manager) || manager.startsWith('kubectl-');
}

/** The managers that write the status of some of these objects, which no manifest and hardly a person does. */
export function statusWriters(objects: Iterable<KubeObject>): ReadonlySet<string> {
  const writers = new Set<string>();
  for (const object of objects)
    for (const { manager, subresource } of managedEntries(object))
      if (subresource === 'status') writers.add(manager);
  return writers;
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
