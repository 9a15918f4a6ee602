import { isPlainRecord } from '../manifest/data';
import type { KubeObject, Manifest } from '../manifest/manifest';

/**
 * Whether the cluster created an object, so that it needs no manifest: objects that controllers create for others, and
 * those that every namespace starts with. `kubectl get` lists them with the others. An object that no server has stored
 * is not one of them.
 */
export function isMadeByCluster({ object, id }: Manifest): boolean {
  if (!isStored(object)) return false;
  if (hasController(object)) return true;
  switch (id.kind) {
    case 'ConfigMap':
      return id.name === 'kube-root-ca.crt';
    case 'ServiceAccount':
      return id.name === 'default';
    case 'Service':
      return id.name === 'kubernetes' && id.namespace === 'default';
    case 'Secret':
      return (
        object['type'] === 'kubernetes.io/service-account-token' || object['type'] === 'helm.sh/release.v1'
      );
    case 'Endpoints':
    case 'Event':
      return true;
    default:
      return false;
  }
}

/** Whether a server has stored the object, which is then as `kubectl get` shows it. */
export function isStored({ metadata }: KubeObject): boolean {
  return metadata['uid'] !== undefined || metadata['resourceVersion'] !== undefined;
}

/** Source: `metadata.ownerReferences[].controller` of the API. */
function hasController({ metadata }: KubeObject): boolean {
  const owners: unknown = metadata['ownerReferences'];
  return (
    Array.isArray(owners) && owners.some((owner) => isPlainRecord(owner) && owner['controller'] === true)
  );
}
