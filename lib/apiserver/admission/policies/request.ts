import { scopeOf, pluralOf, type Scope } from '../../../kube/kinds';
import { groupOf, servedVersions, type KubernetesRelease } from '../../../kube/schema';
import { isPlainRecord, type PlainRecord } from '../../../manifest/data';
import type { Definitions } from '../custom/definitions';
import { written } from './written';

/** A request to create an object, as policies see it. Its user is not known. */
export interface CreateRequest {
  /** The object as the server passes it to policies. */
  readonly object: PlainRecord;
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** The resource name of the kind: `deployments`. */
  readonly resource: string;
  readonly scope: Scope;
  /** Empty where the server generates the name. */
  readonly name: string;
  /** Empty for cluster-scoped objects; a Namespace counts as being in itself. */
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The versions to which the server can convert the object for a policy that matches another version. */
  readonly versions: readonly string[];
}

/** The namespace that a client uses for an object without one. */
const DEFAULT_NAMESPACE = 'default';

/** The request to create `object`; undefined if its kind is not known. */
export function createRequest(
  object: PlainRecord,
  definitions: Definitions,
  kubernetes: KubernetesRelease,
): CreateRequest | undefined {
  const apiVersion = textIn(object, 'apiVersion');
  const kind = textIn(object, 'kind');
  const facts = factsOf(apiVersion, kind, definitions, kubernetes);
  if (facts === undefined) return undefined;

  const shown = written(object, kubernetes);
  const metadata = isPlainRecord(shown['metadata']) ? shown['metadata'] : {};
  const name = textIn(metadata, 'name');
  const group = groupOf(apiVersion);
  const isNamespaced = facts.scope === 'Namespaced';
  const namespace = isNamespaced ? textIn(metadata, 'namespace') || DEFAULT_NAMESPACE : '';
  return {
    object: { ...shown, metadata: { ...metadata, ...(isNamespaced && { namespace }) } },
    group,
    version: apiVersion.slice(group === '' ? 0 : group.length + 1),
    kind,
    ...facts,
    name,
    namespace: kind === 'Namespace' && group === '' ? name : namespace,
    labels: labelsIn(metadata),
  };
}

type KindFacts = Pick<CreateRequest, 'resource' | 'scope' | 'versions'>;

function factsOf(
  apiVersion: string,
  kind: string,
  definitions: Definitions,
  kubernetes: KubernetesRelease,
): KindFacts | undefined {
  const [resource, scope, group] = [
    pluralOf(apiVersion, kind),
    scopeOf(apiVersion, kind),
    groupOf(apiVersion),
  ];
  if (resource !== undefined && scope !== undefined) {
    const versions = servedVersions(kubernetes, group, kind);
    return {
      resource,
      scope,
      versions: versions.map((version) => version.slice(group === '' ? 0 : group.length + 1)),
    };
  }
  const definition = definitions.find(apiVersion, kind);
  if (definition === undefined) return undefined;
  const versions = [...definition.versions].filter(([, { served }]) => served).map(([name]) => name);
  return { resource: definition.plural, scope: definition.scope, versions };
}

function labelsIn(metadata: PlainRecord): Readonly<Record<string, string>> {
  return isPlainRecord(metadata['labels']) ? (metadata['labels'] as Record<string, string>) : {};
}

function textIn(record: PlainRecord, name: string): string {
  const value = record[name];
  return typeof value === 'string' ? value : '';
}
