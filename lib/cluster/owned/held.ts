import type { KubeObject } from '../../manifest/manifest';
import { at, recordsAt, textAt } from '../fields';
import { oneLine } from '../lines';

/** Finalizers of Kubernetes itself, and what each waits for. */
const KNOWN: Readonly<Record<string, string>> = {
  'kubernetes.io/pvc-protection': 'a pod uses it',
  'kubernetes.io/pv-protection': 'a claim is bound to it',
  foregroundDeletion: 'objects that it owns are deleted first',
  orphan: 'objects that it owns are released first',
  'customresourcecleanup.apiextensions.k8s.io': 'objects of its kind are deleted first',
  'service.kubernetes.io/load-balancer-cleanup': 'its load balancer is removed first',
  'batch.kubernetes.io/job-tracking': 'the Job controller counts it first',
};

/** Conditions of a namespace that say what is left in it. */
const LEFT = ['NamespaceContentRemaining', 'NamespaceFinalizersRemaining', 'NamespaceDeletionContentFailure'];

/** Why an object that is being deleted is still there, in one line. */
export function heldBy(object: KubeObject): string {
  const left = recordsAt(object, 'status', 'conditions').filter(
    (condition) => LEFT.includes(textAt(condition, 'type')) && textAt(condition, 'status') === 'True',
  );
  if (object.kind === 'Namespace' && left.length > 0)
    return left.map((condition) => oneLine(textAt(condition, 'message'))).join('; ');
  const finalizers = at(object, 'metadata', 'finalizers');
  const names = Array.isArray(finalizers) ? finalizers.map(String) : [];
  if (names.length === 0) return object.kind === 'Pod' ? 'its containers end' : 'it is being deleted';
  return names
    .map((name) =>
      KNOWN[name] === undefined
        ? `finalizer ${name}: whoever set it has not removed it yet`
        : `${KNOWN[name]} (finalizer ${name})`,
    )
    .join('; ');
}
