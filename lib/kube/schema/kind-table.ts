import table from './data/kinds.json';

/** Whether objects of a kind live in a namespace. */
export type Scope = 'Namespaced' | 'Cluster';

/** The facts of one kind in one API version, taken from the newest release that serves it. */
export interface KindFacts {
  /** The resource name, as RBAC rules and URLs write it: `deployments`. */
  readonly plural: string;
  readonly scope: Scope;
  /** Names that kubectl takes instead: `deploy`. */
  readonly shortNames?: readonly string[];
  /** `create` where objects are only ever sent (reviews, bindings), `read` where they are only read; else all. */
  readonly verbs?: 'create' | 'read';
  /** Subresources of its objects: `status`, `scale`. */
  readonly subresources?: readonly string[];
  /** The Go package of its type, where the API version does not name it. */
  readonly package?: string;
  /** First release that serves it; absent where that was before 1.27 and the Go types do not say. */
  readonly since?: string;
  /** First release in which the server warns about it. */
  readonly deprecated?: string;
  /** First release that no longer serves it; beyond the newest release known here it is an announcement. */
  readonly removed?: string;
  /** The `apiVersion` that Kubernetes names as its successor. */
  readonly replacement?: string;
  /** The kind of the successor, where it has another name. */
  readonly replacementKind?: string;
  /** True for the few beta versions that a server serves without being asked to. */
  readonly legacyBeta?: boolean;
}

/** Facts of every built-in kind, including those that were gone before 1.27, by `apiVersion` and `kind`. */
export const kindTable: ReadonlyMap<string, ReadonlyMap<string, KindFacts>> = new Map(
  Object.entries(table as Readonly<Record<string, unknown>>).map(([apiVersion, kinds]) => [
    apiVersion,
    new Map(Object.entries(kinds as Readonly<Record<string, KindFacts>>)),
  ]),
);

/** Facts of one kind; `undefined` for a kind that was never built in. */
export function kindFacts(apiVersion: string, kind: string): KindFacts | undefined {
  return kindTable.get(apiVersion)?.get(kind);
}
