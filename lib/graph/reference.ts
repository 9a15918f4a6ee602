import type { LabelSelector } from '../kube/labels';
import type { Manifest } from '../manifest/manifest';

/** What a field is for that names another object. */
export type Naming =
  | 'config-map'
  | 'secret'
  | 'pull-secret'
  | 'tls-secret'
  | 'claim'
  | 'volume'
  | 'storage-class'
  | 'service-account'
  | 'role'
  | 'subject'
  | 'priority-class'
  | 'runtime-class'
  | 'ingress-class'
  | 'ingress-backend'
  | 'gateway'
  | 'gateway-class'
  | 'route-backend'
  | 'mesh-host'
  | 'mesh-gateway'
  | 'hook-service'
  | 'endpoints-service'
  | 'governing-service'
  | 'service-host'
  | 'scale-target'
  | 'issuer'
  | 'secret-store'
  | 'other';

/** What a field is for that selects objects by their labels. */
export type Selecting =
  | 'service-pods'
  | 'budget-pods'
  | 'policy-pods'
  | 'policy-peer'
  | 'mesh-pods'
  | 'subset-pods'
  | 'monitor-services'
  | 'monitor-pods'
  | 'affinity'
  | 'preference'
  | 'spread';

/** An object by what Kubernetes knows it by; the version does not count. */
export interface Target {
  /** `''` for the core group. */
  readonly group: string;
  readonly kind: string;
  /** Absent for cluster-scoped kinds. */
  readonly namespace?: string;
  readonly name: string;
}

/** The part of a target that a field refers to, such as a key or a port. */
export interface Part {
  readonly type: 'key' | 'port' | 'listener' | 'subset';
  /** A key, the name or number of a port, the name of a listener or subset. */
  readonly value: string | number;
  /** The field that says so. */
  readonly path: string;
  /** Whether the target has it; `undefined` where that is unknown. */
  readonly found: boolean | undefined;
  /** What the target has instead, for "did you mean". */
  readonly has: readonly (string | number)[];
}

/**
 * Where the target is from: an object of the set or of what is assumed; `derived` by the controller of such an object
 * (the Secret of an ExternalSecret); `builtin` with Kubernetes or the cluster's profile; `unknown` where it is of a kind
 * that comes with a cluster, and nothing is known of any of them; `missing` where it is nowhere.
 */
export type Resolution = 'set' | 'assumed' | 'derived' | 'builtin' | 'unknown' | 'missing';

/** A field that names an object. */
export interface NamingReference {
  readonly type: 'names';
  readonly role: Naming;
  readonly from: Manifest;
  /** The field that holds the name, as the API server writes it. */
  readonly path: string;
  readonly target: Target;
  /** The paths of the fields next to it that identify the target, where they are set. */
  readonly beside: { readonly group?: string; readonly kind?: string; readonly namespace?: string };
  readonly part?: Part;
  /** Whether all works without it: `optional` of a key or volume. */
  readonly optional: boolean;
  readonly resolution: Resolution;
  /** Whether only the name of the field tells what it refers to, since nothing is known of the kind of the object. */
  readonly byShape?: true;
  /** The target, or the object whose controller makes it; absent where it is in neither set. */
  readonly found?: Manifest;
}

/** Why a missing target may be there all the same. */
export interface Doubt {
  /** What follows "but". */
  readonly why: string;
  /** The way to have it settled. */
  readonly remedy: string;
}

/** A field that selects objects by their labels. */
export interface SelectingReference {
  readonly type: 'selects';
  readonly role: Selecting;
  readonly from: Manifest;
  /** The field that holds the selector. */
  readonly path: string;
  readonly selector: LabelSelector;
  /** Where it looks; `undefined` for everywhere. */
  readonly namespaces: readonly string[] | undefined;
  /** What it selects, in the order of the set: Services, or the objects that pods are made by. */
  readonly found: readonly Manifest[];
}

/** One object's dependence on others. */
export type ObjectReference = NamingReference | SelectingReference;

/** Everything that the objects of a set refer to. */
export interface ReferenceGraph {
  /** In the order of the set, and of the fields of each object. */
  readonly references: readonly ObjectReference[];
  /** What `manifest` refers to. */
  from(manifest: Manifest): readonly ObjectReference[];
  /** What refers to `manifest`, by name or by its labels. */
  to(manifest: Manifest): readonly ObjectReference[];
}
