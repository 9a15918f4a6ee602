import { scopeOf } from '../../kube/kinds';
import { identify, type Manifest } from '../../manifest/manifest';

/** `manifests` with `namespace` set where a manifest has none, as with `kubectl apply --namespace`. */
export function inNamespace(manifests: readonly Manifest[], namespace: string): Manifest[] {
  return manifests.map((manifest) => {
    const { object, id } = manifest;
    if (id.namespace !== undefined || scopeOf(id.apiVersion, id.kind) !== 'Namespaced') return manifest;
    const filled = { ...object, metadata: { ...object.metadata, namespace } };
    return { ...manifest, object: filled, id: identify(filled) };
  });
}
