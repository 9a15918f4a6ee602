import { visible } from '../text';
import type { HelmRelease } from './helm-release';

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

/** The identity of an object in a cluster. */
export interface ObjectId {
  readonly apiVersion: string;
  readonly kind: string;
  /** Absent for cluster-scoped kinds, and if the manifest leaves it to the client. */
  readonly namespace?: string;
  readonly name: string;
}

/** Where an object came from. */
export interface Origin {
  /** Path of the construct: `production/shop/api`. */
  readonly construct?: string;
  /** File and line in the user's code, or of the YAML it was read from: `apps/shop/shop.ts:42`. */
  readonly source?: string;
  /** Where the function was called that the line stands in, and the function of that call: `apps/shop/shop.ts:42`. */
  readonly calledFrom?: readonly string[];
  /** Path of its chart, below its environment: `shop`. */
  readonly chart?: string;
  /** Name of its environment, if any. */
  readonly environment?: string;
}

/** An accepted finding, with the reason. It covers every object of its construct. */
export interface Suppression {
  /** Name of the rule: `policy/image-tag`. */
  readonly rule: string;
  /** Why the finding is accepted. */
  readonly reason: string;
  /** Where `suppress` was called: `apps/shop/shop.ts:42`. */
  readonly source?: string;
  /** Path of the construct that it covers. */
  readonly construct: string;
}

/** An object that exists in the cluster and is not part of the app: a Secret, ConfigMap, claim or ServiceAccount. */
export interface External {
  readonly kind: string;
  readonly name: string;
  /** Whether a prop only names it by a string: it may be an object of the app, or one that exists. @default false */
  readonly isNamed?: boolean;
  /** @default that of whatever refers to it */
  readonly namespace?: string;
}

/** What the text of an object says and kubectl drops without a word. */
export interface Dropped {
  /** A value whose key stands again in the same map, or text behind the end of the document. */
  readonly what: 'duplicate-key' | 'ignored-text';
  /** The field, as the API server writes it; empty for the whole object. */
  readonly path: string;
  /** Whether the key has the same value again. @default false */
  readonly isSame?: boolean;
  /** Lines of the file: those of a key that stands twice, or the first and the last one of ignored text. */
  readonly lines: readonly number[];
}

/** One object with its identity and where it came from. */
export interface Manifest {
  readonly object: KubeObject;
  readonly id: ObjectId;
  readonly origin?: Origin;
  /** Findings that `check` does not report. Not part of the object, nor of any file. */
  readonly suppressions?: readonly Suppression[];
  /** The objects in its namespace that it references and that exist already. */
  readonly externals?: readonly External[];
  /** Jobs of migrations that have to be done before it is applied. Not part of the object, nor of any file. @default none */
  readonly after?: readonly ObjectId[];
  /**
   * How many steps of declared dependencies lie before it: what it depends on has a lower number, but for namespaces,
   * definitions and permissions of its own chart, which have no greater one.
   * @default 0
   */
  readonly stage?: number;
  /** The release of a Helm chart that it is a part of. Not part of the object, nor of any file. @default none */
  readonly release?: HelmRelease;
  /** The object as that chart renders it, where the app has changed it since. @default it has not */
  readonly charted?: KubeObject;
  /** What kubectl drops of the text that it was read from. @default nothing */
  readonly dropped?: readonly Dropped[];
}

/** The identity of `object`; `generateName` and a `*` if it has no name: the API server completes it. */
export function identify(object: KubeObject): ObjectId {
  const { apiVersion, kind, metadata } = object;
  const { generateName, namespace } = metadata;
  const name = isGenerated(object) ? `${generateName ?? ''}*` : (metadata.name ?? '*');
  return namespace == null || namespace === ''
    ? { apiVersion, kind, name }
    : { apiVersion, kind, name, namespace };
}

/** Whether the API server makes up the name of an object, a new one each time. It takes an empty name for none. */
export function isGenerated({ metadata: { name, generateName } }: KubeObject): boolean {
  return (name ?? '') === '' && (generateName ?? '') !== '';
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

/** `id` for people, in one line: `Deployment shop/api`. What is not known of a broken document is left out. */
export function formatId({ kind, namespace, name }: ObjectId): string {
  if (kind === '' && name === '') return 'document';
  if (name === '') return visible(kind);
  const full = namespace === undefined ? name : `${namespace}/${name}`;
  return visible(kind === '' ? full : `${kind} ${full}`);
}
