import { itemKeyOf } from '../../lib/constructs/core/list-items';
import { knownSchema } from '../../lib/kube/custom/struct';
import type { Schema, StructSchema } from '../../lib/kube/schema';
import { kindSchema, latestRelease } from '../../lib/kube/schema';

/** The kinds whose overrides have a type. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  v1: [
    'ConfigMap',
    'LimitRange',
    'Namespace',
    'PersistentVolume',
    'PersistentVolumeClaim',
    'ResourceQuota',
    'Secret',
    'Service',
    'ServiceAccount',
  ],
  'apps/v1': ['DaemonSet', 'Deployment', 'StatefulSet'],
  'autoscaling/v2': ['HorizontalPodAutoscaler'],
  'batch/v1': ['CronJob', 'Job'],
  'networking.k8s.io/v1': ['Ingress', 'NetworkPolicy'],
  'policy/v1': ['PodDisruptionBudget'],
  'rbac.authorization.k8s.io/v1': ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'],
  'scheduling.k8s.io/v1': ['PriorityClass'],
  'storage.k8s.io/v1': ['StorageClass'],
};

/** The same of well-known software: the kinds that constructs render. */
const CUSTOM_KINDS: Readonly<Record<string, readonly string[]>> = {
  'argoproj.io/v1alpha1': ['AnalysisTemplate', 'Rollout'],
  'autoscaling.k8s.io/v1': ['VerticalPodAutoscaler'],
  'bitnami.com/v1alpha1': ['SealedSecret'],
  'cert-manager.io/v1': ['Certificate'],
  'cilium.io/v2': ['CiliumNetworkPolicy'],
  'external-secrets.io/v1': ['ExternalSecret'],
  'flagger.app/v1beta1': ['Canary', 'MetricTemplate'],
  'gateway.networking.k8s.io/v1': ['GRPCRoute', 'HTTPRoute', 'ListenerSet', 'ReferenceGrant'],
  'keda.sh/v1alpha1': ['ScaledObject', 'TriggerAuthentication'],
  'networking.istio.io/v1': ['VirtualService'],
  'monitoring.coreos.com/v1': ['PodMonitor', 'PrometheusRule', 'ServiceMonitor'],
  'policy.linkerd.io/v1alpha1': ['AuthorizationPolicy', 'MeshTLSAuthentication'],
  'policy.linkerd.io/v1beta3': ['Server'],
  'secrets-store.csi.x-k8s.io/v1': ['SecretProviderClass'],
  'security.istio.io/v1': ['AuthorizationPolicy', 'PeerAuthentication'],
  'snapshot.storage.k8s.io/v1': ['VolumeSnapshot'],
};

/** Kinds of which another group has one of the same name, with what their types are called. */
const CALLED: ReadonlyMap<string, string> = new Map([
  ['policy.linkerd.io/v1alpha1/AuthorizationPolicy', 'LinkerdAuthorizationPolicy'],
]);

function typeName(apiVersion: string, kind: string): string {
  return CALLED.get(`${apiVersion}/${kind}`) ?? kind;
}

/** Parts of custom kinds that are those of another, and take up to 80 kB each when they are written again. */
const SAME_AS: ReadonlyMap<string, string> = new Map([
  ['CiliumNetworkPolicy.specs', "CustomPatches['CiliumNetworkPolicy.spec']"],
  ['AnalysisTemplate.spec.metrics.provider.job.spec', "Patches['batch/v1.JobSpec']"],
  ['Rollout.spec.template', "Patches['core/v1.PodTemplateSpec']"],
]);

const HEAD = `/**
 * What an override of each kind may hold: a part of the object, in which \`null\` removes a field. Items of a list that has
 * keys can be written as a list, or by key as an object, in which \`null\` removes an item. Parts of other kinds have the name
 * of their Go type. Written by \`npm run docs\`.
 */
export interface Patches {
`;

const CUSTOM_HEAD = `import type { Patches } from '../patches';

/**
 * What an override of a custom kind of well-known software may hold, as \`Patches\` has it for built-in kinds. Parts have the
 * name of their place. Written by \`npm run docs\`.
 */
export interface CustomPatches {
`;

/** The text of lib/kube/patches.ts: the types of overrides, from the schemas of the kinds. */
export function patches(): string {
  return `${HEAD}${members(KINDS, (apiVersion, kind) => kindSchema(latestRelease, apiVersion, kind))}\n}\n`;
}

/** The text of lib/kube/custom/patches.ts. */
export function customPatches(): string {
  const schemaOf = (apiVersion: string, kind: string): StructSchema | undefined =>
    knownSchema(apiVersion, kind, latestRelease, typeName(apiVersion, kind));
  return `${CUSTOM_HEAD}${members(CUSTOM_KINDS, schemaOf)}\n}\n`;
}

function members(
  table: Readonly<Record<string, readonly string[]>>,
  schemaOf: (apiVersion: string, kind: string) => StructSchema | undefined,
): string {
  const structs = new Map<string, StructSchema>();
  const lines = Object.entries(table).flatMap(([apiVersion, kinds]) =>
    kinds.map((kind) => {
      const schema = schemaOf(apiVersion, kind);
      if (schema === undefined) throw new Error(`${latestRelease} has no ${kind} of ${apiVersion}`);
      return `  readonly ${typeName(apiVersion, kind)}: ${typeOfFields(schema, structs)};`;
    }),
  );
  // Writing a struct finds others, which a Map visits as well.
  const others = [
    ...map(structs, ([name, schema]) => [name, `  readonly '${name}': ${typeOfFields(schema, structs)};`]),
  ]
    // The metadata of custom kinds is that of built-in ones.
    .filter(([name = '']) => table === KINDS || !isBuiltIn(name))
    .map(([, line = '']) => line);
  return [...lines.sort(), ...others.sort()].join('\n');
}

/** Structs of built-in kinds are called by their Go package, those of custom kinds by their place. */
function isBuiltIn(struct: string): boolean {
  return struct.includes('/');
}

function* map<T, R>(items: Iterable<T>, change: (item: T) => R): Generator<R> {
  for (const item of items) yield change(item);
}

function typeOfFields(schema: StructSchema, structs: Map<string, StructSchema>): string {
  const fields = [...schema.fields]
    .filter(([name]) => name !== 'status')
    .map(([name, field]) => `readonly ${keyText(name)}?: ${nullable(typeOf(field, structs))}`);
  return fields.length === 0 ? 'Record<string, never>' : `{ ${fields.join('; ')} }`;
}

function keyText(name: string): string {
  return /^\w+$/.test(name) ? name : `'${name}'`;
}

function nullable(type: string): string {
  return type === 'unknown' ? type : `${type} | null`;
}

function typeOf(schema: Schema, structs: Map<string, StructSchema>): string {
  switch (schema.type) {
    case 'string':
    case 'bytes':
    case 'time':
    case 'duration':
      return 'string';
    case 'boolean':
      return 'boolean';
    case 'integer':
    case 'number':
      return 'number';
    case 'quantity':
    case 'intOrString':
      return 'string | number';
    case 'any':
    case 'union':
      return 'unknown';
    case 'map':
      return `{ readonly [key: string]: ${nullable(typeOf(schema.values, structs))} }`;
    case 'list': {
      const item = typeOf(schema.items, structs);
      const list = `readonly ${item.includes('|') ? `(${item})` : item}[]`;
      return itemKeyOf(schema, [], []) === undefined
        ? list
        : `${list} | { readonly [key: string]: ${nullable(item)} }`;
    }
    case 'struct': {
      const struct = schema.struct();
      const same = SAME_AS.get(struct.name);
      if (same !== undefined) return same;
      structs.set(struct.name, struct);
      return `${isBuiltIn(struct.name) ? 'Patches' : 'CustomPatches'}['${struct.name}']`;
    }
  }
}
