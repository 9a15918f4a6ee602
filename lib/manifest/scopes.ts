import { isWellKnownClusterScoped } from '../kube/custom-scopes';
import { scopeOf, type Scope } from '../kube/kinds';
import { isPlainRecord } from './data';
import { groupOf, identify, type KubeObject, type Manifest, type ObjectId } from './manifest';

/**
 * Which kinds live in no namespace: built-in ones, those that a CustomResourceDefinition says so of, and those of
 * well-known software. Any other kind is taken for namespaced.
 */
export class Scopes {
  /** By group and kind; of two definitions of a kind, the first one wins. */
  readonly #defined = new Map<string, Scope>();

  /** @param objects those with the definitions; others are ignored */
  constructor(objects: Iterable<KubeObject> = []) {
    for (const object of objects) {
      if (object.kind !== 'CustomResourceDefinition') continue;
      const spec = recordOf(object['spec']);
      const key = keyOf(String(spec['group']), String(recordOf(spec['names'])['kind']));
      if (!this.#defined.has(key))
        this.#defined.set(key, spec['scope'] === 'Cluster' ? 'Cluster' : 'Namespaced');
    }
  }

  isClusterScoped({ apiVersion, kind }: Pick<ObjectId, 'apiVersion' | 'kind'>): boolean {
    const group = groupOf(apiVersion);
    const known = scopeOf(apiVersion, kind) ?? this.#defined.get(keyOf(group, kind));
    return known === undefined ? isWellKnownClusterScoped(group, kind) : known === 'Cluster';
  }

  /**
   * The identity of `object`: without a namespace if it lives in none, whatever its metadata says. The server clears the
   * namespace of such an object (k8s.io/apiserver pkg/registry/rest/meta.go EnsureObjectNamespaceMatchesRequestNamespace),
   * and kubectl sends the request to no namespace.
   */
  identify(object: KubeObject): ObjectId {
    const whole = identify(object);
    // An identity that is taken apart and put together again has a hidden class of its own in Node 20.
    if (whole.namespace === undefined || !this.isClusterScoped(whole)) return whole;
    const { namespace: _, ...id } = whole;
    return id;
  }

  /** `manifests` with their identities by these scopes; each that is right already as it is. */
  apply(manifests: readonly Manifest[]): readonly Manifest[] {
    let isChanged = false;
    const scoped = manifests.map((manifest): Manifest => {
      const { namespace, ...id } = manifest.id;
      if (namespace === undefined || !this.isClusterScoped(id)) return manifest;
      isChanged = true;
      return { ...manifest, id };
    });
    return isChanged ? scoped : manifests;
  }
}

/** `object` without `metadata.namespace`. */
export function withoutNamespace(object: KubeObject): KubeObject {
  if (!('namespace' in object.metadata)) return object;
  const { namespace: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}

function keyOf(group: string, kind: string): string {
  return `${group}/${kind}`;
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return isPlainRecord(value) ? value : {};
}
