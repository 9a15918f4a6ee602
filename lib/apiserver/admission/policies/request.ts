import { scopeOf, pluralOf, type Scope } from '../../../kube/kinds';
import { groupOf, servedVersions, type KubernetesRelease } from '../../../kube/schema';
import { isPlainRecord, type PlainRecord } from '../../../manifest/data';
import type { Definitions } from '../custom/definitions';
import { written } from './written';

/** A request to create or change an object, as policies see it. Its user is not known. */
export interface PolicyRequest {
  /** The object as the server passes it to policies. */
  readonly object: PlainRecord;
  /** What it was before; absent for one that is created. */
  readonly old?: PlainRecord;
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
  readonly oldLabels?: Readonly<Record<string, string>>;
  /** The versions to which the server can convert the object for a policy that matches another version. */
  readonly versions: readonly string[];
}

export function operationOf({ old }: PolicyRequest): 'CREATE' | 'UPDATE' {
  return old === undefined ? 'CREATE' : 'UPDATE';
}

/** The namespace that a client uses for an object without one. */
const DEFAULT_NAMESPACE = 'default';

/** The request to create `object`, or to change `old` to it; undefined if its kind is not known. */
export function policyRequest(
  object: PlainRecord,
  definitions: Definitions,
  kubernetes: KubernetesRelease,
  old?: PlainRecord,
): PolicyRequest | undefined {
  const apiVersion = textIn(object, 'apiVersion');
  const kind = textIn(object, 'kind');
  const facts = factsOf(apiVersion, kind, definitions, kubernetes);
  if (facts === undefined) return undefined;

  const isNamespaced = facts.scope === 'Namespaced';
  const metadata = metadataIn(object);
  const name = textIn(metadata, 'name');
  const group = groupOf(apiVersion);
  const namespace = isNamespaced ? textIn(metadata, 'namespace') || DEFAULT_NAMESPACE : '';
  const shown = (state: PlainRecord): PlainRecord => {
    const whole = written(state, kubernetes);
    return { ...whole, metadata: { ...metadataIn(whole), ...(isNamespaced && { namespace }) } };
  };
  return {
    object: shown(object),
    ...(old !== undefined && { old: shown(old) }),
    group,
    version: apiVersion.slice(group === '' ? 0 : group.length + 1),
    kind,
    ...facts,
    name,
    namespace: kind === 'Namespace' && group === '' ? name : namespace,
    labels: labelsIn(metadata),
    ...(old !== undefined && { oldLabels: labelsIn(metadataIn(old)) }),
  };
}

type KindFacts = Pick<PolicyRequest, 'resource' | 'scope' | 'versions'>;

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

function metadataIn({ metadata }: PlainRecord): PlainRecord {
  return isPlainRecord(metadata) ? metadata : {};
}

function labelsIn(metadata: PlainRecord): Readonly<Record<string, string>> {
  return isPlainRecord(metadata['labels']) ? (metadata['labels'] as Record<string, string>) : {};
}

function textIn(record: PlainRecord, name: string): string {
  const value = record[name];
  return typeof value === 'string' ? value : '';
}
