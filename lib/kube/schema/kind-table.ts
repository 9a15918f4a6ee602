import table from './data/kinds.json';

/** Whether objects of a kind live in a namespace. */
export type Scope = 'Namespaced' | 'Cluster';

/** The facts of one kind in one API version, taken from the newest release that serves it. */
export interface KindFacts {
  /** The resource name in RBAC rules and URLs: `deployments`. */
  readonly plural: string;
  readonly scope: Scope;
  /** Short names that kubectl accepts: `deploy`. */
  readonly shortNames?: readonly string[];
  /**
   * `create` where objects can only be created (reviews, bindings), `read` where they can only be read; absent
   * otherwise.
   */
  readonly verbs?: 'create' | 'read';
  /** Subresources of its objects: `status`, `scale`. */
  readonly subresources?: readonly string[];
  /** The Go package of its type, where it differs from the API version. */
  readonly package?: string;
  /** First release that serves it; absent where that was before 1.27 and the Go types do not declare it. */
  readonly since?: string;
  /** First release in which the server warns about it. */
  readonly deprecated?: string;
  /** First release that no longer serves it; a release newer than the newest one known here is an announcement. */
  readonly removed?: string;
  /** The `apiVersion` that Kubernetes names as its successor. */
  readonly replacement?: string;
  /** The kind of the successor, where its name differs. */
  readonly replacementKind?: string;
  /** True for the few beta versions that a server serves by default. */
  readonly legacyBeta?: boolean;
}

/** Facts of every built-in kind, including those removed before 1.27, by `apiVersion` and `kind`. */
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
