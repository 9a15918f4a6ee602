import { kindFacts } from '../../kube/schema/kind-table';
import { isPlainRecord, type PlainRecord } from '../../manifest/data';
import { groupOf, type KubeObject, type ObjectId } from '../../manifest/manifest';
import { at, recordsAt, textAt } from '../fields';
import { getObject } from '../client/objects';
import type { ApiResource } from '../client/resources';
import type { LiveReader } from './reader';

/** Definitions of custom kinds. */
export const DEFINITIONS: ApiResource = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  plural: 'customresourcedefinitions',
  namespaced: false,
};

/**
 * The definition of a custom kind that the server serves: its CustomResourceDefinition, or for who may not read that, one
 * with the schema that the server publishes to everyone.
 */
export async function definitionFor(
  { cluster, resources, signal }: LiveReader,
  id: Pick<ObjectId, 'apiVersion' | 'kind'>,
): Promise<KubeObject | undefined> {
  if (kindFacts(id.apiVersion, id.kind) !== undefined) return undefined;
  const resource = await resources.of(id);
  const group = groupOf(id.apiVersion);
  if (resource === undefined || group === '') return undefined;
  const name = `${resource.plural}.${group}`;
  const found = await getObject(cluster, DEFINITIONS, { ...DEFINITIONS, name }, signal);
  if (found.refusal === undefined) return found.object;
  const path = `/openapi/v3/apis/${id.apiVersion}`;
  const answer = await cluster.request({ method: 'GET', path, signal });
  return answer.refusal === undefined ? published(answer.body, resource, name) : undefined;
}

/** A definition by what the server publishes of its kind. */
function published(document: unknown, resource: ApiResource, name: string): KubeObject | undefined {
  const { apiVersion, kind, plural, namespaced } = resource;
  const [group, version] = [groupOf(apiVersion), apiVersion.slice(apiVersion.indexOf('/') + 1)];
  const schemas = at(document, 'components', 'schemas');
  const schema = Object.values(isPlainRecord(schemas) ? schemas : {}).find((each) =>
    recordsAt(each, 'x-kubernetes-group-version-kind').some(
      (gvk) =>
        textAt(gvk, 'group') === group && textAt(gvk, 'version') === version && textAt(gvk, 'kind') === kind,
    ),
  );
  if (!isPlainRecord(schema)) return undefined;
  const { 'x-kubernetes-group-version-kind': _, properties, ...rest } = schema;
  const own = { ...(isPlainRecord(properties) ? properties : {}), metadata: { type: 'object' } };
  const openAPIV3Schema: PlainRecord = { ...rest, properties: own };
  // A schema of another API server may refer to others, as none of a definition does.
  if (JSON.stringify(openAPIV3Schema).includes('"$ref"')) return undefined;
  return {
    apiVersion: DEFINITIONS.apiVersion,
    kind: DEFINITIONS.kind,
    metadata: { name },
    spec: {
      group,
      scope: namespaced ? 'Namespaced' : 'Cluster',
      names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
      versions: [{ name: version, served: true, storage: true, schema: { openAPIV3Schema } }],
    },
  };
}
