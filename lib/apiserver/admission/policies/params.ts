import { matches, type Labels } from '../../../kube/labels';
import { isPlainRecord, type PlainRecord } from '../../../manifest/data';
import type { Scope } from '../../../kube/kinds';
import type { Binding, Policy } from './policy';

/** The objects that policies can look up. */
export interface ParamStore {
  /** The stored objects of a kind; undefined for an unknown kind. */
  ofKind(apiVersion: string, kind: string): { scope: Scope; objects: readonly PlainRecord[] } | undefined;
}

/** The params with which a policy is evaluated, one after another; or an error. */
export type Params = { readonly params: readonly (PlainRecord | null)[] } | { readonly problem: string };

/**
 * The params of a binding for a request in a namespace.
 *
 * @source k8s.io/apiserver pkg/admission/plugin/policy/generic/policy_dispatcher.go CollectParams 1.36
 */
export function paramsFor(
  { paramKind }: Policy,
  { params: reference }: Binding,
  namespace: string,
  store: ParamStore,
): Params {
  if (paramKind === undefined || reference === undefined) return { params: [null] };
  const { apiVersion, kind } = paramKind;
  const known = store.ofKind(apiVersion, kind);
  if (known === undefined) return { problem: `its paramKind ${apiVersion} ${kind} is not known` };
  const isNamespaced = known.scope === 'Namespaced';
  if (!isNamespaced && reference.namespace !== '')
    return { problem: `its paramRef must not name a namespace: ${kind} lives in none` };
  const place = reference.namespace === '' ? namespace : reference.namespace;
  if (isNamespaced && place === '')
    return { problem: 'its paramRef must name a namespace for objects that live in none' };

  const params = known.objects.filter((object) => {
    const { name, labels, namespace: own } = metadataOf(object);
    if (isNamespaced && own !== place) return false;
    return reference.name === '' ? matches(reference.selector, labels) : name === reference.name;
  });
  if (params.length === 0 && reference.denyWhenMissing) {
    const sought = reference.name === '' ? 'by its selector' : reference.name;
    return { problem: `there is no ${kind} ${sought}, which its paramRef asks for` };
  }
  return { params };
}

function metadataOf(object: PlainRecord): { name: unknown; namespace: unknown; labels: Labels } {
  const metadata = isPlainRecord(object['metadata']) ? object['metadata'] : {};
  const labels = isPlainRecord(metadata['labels']) ? (metadata['labels'] as Labels) : {};
  return { name: metadata['name'], namespace: metadata['namespace'] ?? 'default', labels };
}
