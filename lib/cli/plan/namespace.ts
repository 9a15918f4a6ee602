import { scopeOf } from '../../kube/kinds';
import { identify, type Manifest } from '../../manifest/manifest';

/** `manifests` with `namespace` where a manifest leaves it to the client, as `kubectl apply --namespace` has it. */
export function inNamespace(manifests: readonly Manifest[], namespace: string): Manifest[] {
  return manifests.map((manifest) => {
    const { object, id } = manifest;
    if (id.namespace !== undefined || scopeOf(id.apiVersion, id.kind) !== 'Namespaced') return manifest;
    const filled = { ...object, metadata: { ...object.metadata, namespace } };
    return { ...manifest, object: filled, id: identify(filled) };
  });
}
