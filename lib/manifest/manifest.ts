/** A Kubernetes object as plain data, as it is written to YAML. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: KubeMetadata;
  readonly [field: string]: unknown;
}

/** The part of `metadata` that Seaworthy reads itself. */
export interface KubeMetadata {
  readonly name?: string;
  readonly generateName?: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** What makes an object the one it is in a cluster. */
export interface ObjectId {
  readonly apiVersion: string;
  readonly kind: string;
  /** Absent for cluster-scoped kinds and where the manifest leaves it to the client. */
  readonly namespace?: string;
  readonly name: string;
}

/** Where an object came from. */
export interface Origin {
  /** Path of the construct: `production/shop/api`. */
  readonly construct?: string;
  /** File and line in the user's code, or of the YAML it was read from: `apps/shop/shop.ts:42`. */
  readonly source?: string;
  /** Path of the chart that holds it, below its environment: `shop`. */
  readonly chart?: string;
  /** Name of the environment it is meant for, where there is one. */
  readonly environment?: string;
}

/** A finding that somebody has looked at and accepts, with the reason. It covers every object of its construct. */
export interface Suppression {
  /** Name of the rule: `policy/image-tag`. */
  readonly rule: string;
  /** Why the finding is accepted. */
  readonly reason: string;
  /** Where it was said: `apps/shop/shop.ts:42`. */
  readonly source?: string;
  /** Path of the construct that it was said of. */
  readonly construct: string;
}

/** An object that the cluster has, and whoever made the manifest does not make: a Secret, ConfigMap, claim or ServiceAccount. */
export interface External {
  readonly kind: string;
  readonly name: string;
}

/** One object with its identity and where it came from. */
export interface Manifest {
  readonly object: KubeObject;
  readonly id: ObjectId;
  readonly origin?: Origin;
  /** What `check` shall not complain about; it is no part of the object, and of no file. */
  readonly suppressions?: readonly Suppression[];
  /** What it refers to in its namespace that is said to be there already. */
  readonly externals?: readonly External[];
}

/** The identity of `object`; a `generateName` stands for the name where there is none. */
export function identify(object: KubeObject): ObjectId {
  const { apiVersion, kind, metadata } = object;
  const { generateName, namespace } = metadata;
  const name = metadata.name ?? `${generateName ?? ''}*`;
  return namespace == null || namespace === ''
    ? { apiVersion, kind, name }
    : { apiVersion, kind, name, namespace };
}

/** API group of an `apiVersion`; the core group is `''`. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/**
 * A key that two objects share exactly when they are one object in a cluster: group, kind, namespace and name.
 * The version does not count: `apps/v1` and `apps/v1beta1` are two views of one object.
 */
export function identityKey(id: ObjectId): string {
  return `${groupOf(id.apiVersion)}|${id.kind}|${id.namespace ?? ''}|${id.name}`;
}

/** `id` for people: `Deployment shop/api`. */
export function formatId(id: ObjectId): string {
  return `${id.kind} ${id.namespace === undefined ? '' : `${id.namespace}/`}${id.name}`;
}
