import { isEncrypted } from '../../manifest/encrypted';
import type { KubeObject, Manifest } from '../../manifest/manifest';
import { ARGO_HOOK } from '../../kube/deployers/hooks';
import { ARGO_OPTIONS, listIn } from '../../kube/deployers/marks';

/**
 * Sources: "Sync Phases and Waves", "Resource Hooks" and "Compare Options" in the user guide of Argo CD.
 */
const WAVE = 'argocd.argoproj.io/sync-wave';
const DELETE_POLICY = 'argocd.argoproj.io/hook-delete-policy';
const COMPARE = 'argocd.argoproj.io/compare-options';

/** A Job whose name ends in a hash of its spec: another one is another Job. */
const HASHED = /-[0-9a-f]{10}$/;

/**
 * The object as Argo CD is to apply it: with its wave; a Job that Argo CD could not change, or that deletes itself, as a hook
 * of the sync; a kept object not reported when its manifest has gone. What the app says itself counts.
 */
export function forArgoCd({ object }: Manifest, wave: number): KubeObject {
  // An annotation would break the signature of SOPS.
  if (isEncrypted(object)) return object;
  const { annotations = {} } = object.metadata;
  const added = {
    ...(wave > 0 && { [WAVE]: String(wave) }),
    ...(isHook(object) && { [ARGO_HOOK]: 'Sync', [DELETE_POLICY]: 'BeforeHookCreation' }),
    ...(listIn(annotations, ARGO_OPTIONS).includes('Prune=false') && { [COMPARE]: 'IgnoreExtraneous' }),
  };
  if (Object.keys(added).length === 0) return object;
  const all = Object.entries({ ...added, ...annotations }).sort(([a], [b]) => (a < b ? -1 : 1));
  return { ...object, metadata: sorted({ ...object.metadata, annotations: Object.fromEntries(all) }) };
}

/**
 * Whether a Job has to be a hook. A Job is immutable, so that a change would fail the sync; one that is deleted after a time
 * would be missing, and come again. One with a hash in its name and no such time is neither, and old ones are pruned.
 */
function isHook({ apiVersion, kind, metadata, spec }: KubeObject): boolean {
  if (kind !== 'Job' || !apiVersion.startsWith('batch/')) return false;
  if (Object.keys(metadata.annotations ?? {}).some((key) => key === ARGO_HOOK || key === 'helm.sh/hook'))
    return false;
  const isDeleted = typeof spec === 'object' && spec !== null && 'ttlSecondsAfterFinished' in spec;
  return isDeleted || !HASHED.test(metadata.name ?? '');
}

function sorted<T extends object>(map: T): T {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1))) as T;
}
