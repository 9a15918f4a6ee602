import type { Severity } from '../check/finding';
import type { Effect } from '../plan/effects';

/** What an object is for, by which a drawing chooses its shape. */
export type DrawnShape =
  | 'route'
  | 'service'
  | 'workload'
  | 'configuration'
  | 'secret'
  | 'volume'
  | 'access'
  | 'scaler'
  | 'guard'
  | 'monitor'
  | 'other';

/**
 * How one object depends on another:
 *
 * - `routes`: a route sends requests to a Service, or takes them from a gateway
 * - `selects`: a Service or monitor finds pods or Services by their labels
 * - `mounts`: pods read configuration, a Secret or a volume
 * - `grants`: a binding gives the permissions of a role to a subject
 * - `scales`: an autoscaler sets the number of pods
 * - `guards`: a budget or policy limits what may happen to pods
 * - `connects`: pods may reach pods, or name the Service that they call
 * - `makes`: a controller makes an object of another one
 * - `refers`: any other name in a field
 */
export type DrawnRelation =
  'routes' | 'selects' | 'mounts' | 'grants' | 'scales' | 'guards' | 'connects' | 'makes' | 'refers';

/** One object, or several that are alike. */
export interface DrawnNode {
  /** The same for one object in every drawing: its API group, kind, namespace and name, with `|` between them. */
  readonly id: string;
  readonly kind: string;
  /** API group; `''` for the core group. */
  readonly apiGroup: string;
  /** Absent for an object of the whole cluster. */
  readonly namespace?: string;
  readonly name: string;
  /** The `id` of its group; absent for one that is in none. */
  readonly group?: string;
  readonly shape: DrawnShape;
  /**
   * How many pods it has: `3`, `3-20` where a scaler sets it, or `3 → 5` where a plan changes that; absent where that is
   * unknown or it has none.
   */
  readonly replicas?: string;
  /**
   * Where an object is from that is not of the set: it is assumed, a controller makes it, every cluster has it, nothing is
   * known of it, or it is nowhere.
   *
   * @default it is of the set
   */
  readonly outside?: 'assumed' | 'derived' | 'builtin' | 'unknown' | 'missing';
  /** The worst finding about it. @default none */
  readonly finding?: Severity;
  /** What a plan does to it. @default no plan was asked */
  readonly effect?: Effect;
  /** What a plan does to it where the effect does not tell: it is deleted and made anew, or it stays without a manifest. */
  readonly outcome?: 'replaced' | 'kept';
  /** Name of the object that it takes the place of. */
  readonly replaces?: string;
  /** The `id` of each object that it stands for, where that is more than one. */
  readonly members?: readonly string[];
  /** Path of the construct that makes it. */
  readonly construct?: string;
  /** File and line of it: `apps/shop/shop.ts:42`. */
  readonly source?: string;
}

/** One dependence; each triple of ends and relation is there once. */
export interface DrawnEdge {
  /** The `id` of a node: the object whose field says so. */
  readonly from: string;
  /** The `id` of a node. */
  readonly to: string;
  readonly relation: DrawnRelation;
  /** Whether the object works without the other one. */
  readonly optional?: true;
  /** Of a dependence that a plan changes. */
  readonly change?: 'gained' | 'lost';
}

/** Objects of one chart in one namespace, or of a namespace where nothing is known of charts. */
export interface DrawnGroup {
  readonly id: string;
  /** Absent for objects of the whole cluster. */
  readonly namespace?: string;
  /** Path of the chart. */
  readonly chart?: string;
}

/**
 * The objects of one cluster as a graph: plain data, in a fixed order, which JSON can hold. It has names of objects, and
 * no value of any of them.
 */
export interface Drawing {
  /** The environment; absent where the objects name none. */
  readonly environment?: string;
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
  readonly groups: readonly DrawnGroup[];
  /** How many objects were left out, as in a drawing around one object or of a large change. @default none */
  readonly left?: number;
}
