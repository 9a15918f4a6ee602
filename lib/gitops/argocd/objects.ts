import { isEncrypted } from '../../manifest/encrypted';
import type { KubeObject, Manifest } from '../../manifest/manifest';
import { ARGO_HOOK } from '../../kube/deployers/hooks';
import { ARGO_OPTIONS, listIn } from '../../kube/deployers/marks';
import { isRunAgain } from '../jobs';

/**
 * Sources: "Sync Phases and Waves", "Resource Hooks" and "Compare Options" in the user guide of Argo CD.
 */
const WAVE = 'argocd.argoproj.io/sync-wave';
const DELETE_POLICY = 'argocd.argoproj.io/hook-delete-policy';
const COMPARE = 'argocd.argoproj.io/compare-options';

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
    ...(isRunAgain(object) && { [ARGO_HOOK]: 'Sync', [DELETE_POLICY]: 'BeforeHookCreation' }),
    ...(listIn(annotations, ARGO_OPTIONS).includes('Prune=false') && { [COMPARE]: 'IgnoreExtraneous' }),
  };
  if (Object.keys(added).length === 0) return object;
  const all = Object.entries({ ...added, ...annotations }).sort(([a], [b]) => (a < b ? -1 : 1));
  return { ...object, metadata: sorted({ ...object.metadata, annotations: Object.fromEntries(all) }) };
}

function sorted<T extends object>(map: T): T {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1))) as T;
}
