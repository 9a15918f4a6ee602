import type { FieldSchema, KubernetesRelease, Schema, StructSchema } from '../../kube/schema';
import { kindSchema } from '../../kube/schema';

/**
 * The fields of an HTTPRoute (gateway.networking.k8s.io/v1, apis/v1/httproute_types.go, release 1.4 with its experimental
 * channel), as far as routes are made of them, so that an override of one is checked as that of an Ingress is. What is below
 * filters is not looked at.
 */
const STRUCTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  HTTPRouteSpec: {
    parentRefs: 'ParentReference[]',
    hostnames: 'string[]',
    rules: 'HTTPRouteRule[]',
    useDefaultGateways: 'string',
  },
  ParentReference: {
    group: 'string',
    kind: 'string',
    namespace: 'string',
    name: 'string',
    sectionName: 'string',
    port: 'any',
  },
  HTTPRouteRule: {
    name: 'string',
    matches: 'HTTPRouteMatch[]',
    filters: 'any',
    backendRefs: 'HTTPBackendRef[]',
    timeouts: 'HTTPRouteTimeouts',
    retry: 'HTTPRouteRetry',
    sessionPersistence: 'any',
  },
  HTTPRouteMatch: {
    path: 'HTTPPathMatch',
    headers: 'HTTPValueMatch[]',
    queryParams: 'HTTPValueMatch[]',
    method: 'string',
  },
  HTTPPathMatch: { type: 'string', value: 'string' },
  HTTPValueMatch: { type: 'string', name: 'string', value: 'string' },
  HTTPBackendRef: {
    group: 'string',
    kind: 'string',
    name: 'string',
    namespace: 'string',
    port: 'any',
    weight: 'any',
    filters: 'any',
  },
  HTTPRouteTimeouts: { request: 'string', backendRequest: 'string' },
  HTTPRouteRetry: { codes: 'any', attempts: 'any', backoff: 'string' },
};

/** The schema of an HTTPRoute; nothing for any other kind. */
export function httpRouteSchema(
  apiVersion: string,
  kind: string,
  release: KubernetesRelease,
): StructSchema | undefined {
  if (apiVersion !== 'gateway.networking.k8s.io/v1' || kind !== 'HTTPRoute') return undefined;
  const fields = new Map(kindSchema(release, 'v1', 'ConfigMap')?.fields);
  for (const field of fields.keys()) if (!HEAD.has(field)) fields.delete(field);
  fields.set('spec', fieldOf('spec', 'HTTPRouteSpec'));
  fields.set('status', fieldOf('status', 'any'));
  return { name: 'gateway/v1.HTTPRoute', fields };
}

const HEAD: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata']);

function structOf(name: string): StructSchema {
  const fields = Object.entries(STRUCTS[name] ?? {}).map(([field, type]): [string, FieldSchema] => [
    field,
    fieldOf(field, type),
  ]);
  return { name: `gateway/v1.${name}`, fields: new Map(fields) };
}

function fieldOf(name: string, type: string): FieldSchema {
  return { ...typeNamed(type), name, required: false, pointer: false, omitEmpty: true };
}

function typeNamed(type: string): Schema {
  if (type.endsWith('[]'))
    return { type: 'list', items: typeNamed(type.slice(0, -2)), listType: 'atomic', listKeys: [] };
  if (type === 'string' || type === 'any') return { type };
  return { type: 'struct', struct: () => structOf(type), atomic: false };
}
