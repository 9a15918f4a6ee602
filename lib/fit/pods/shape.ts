import type { Field } from '../../manifest/field';
import type { HostPort } from '../state/host-ports';
import type { NodeTest } from './node-requirement';
import type { Resources } from './resources';
import type { AffinityTerm, LabelClass, PodMatcher } from './terms';

/** A constraint of `topologySpreadConstraints`, or one that the scheduler has by default. */
export interface SpreadConstraint {
  readonly topologyKey: string;
  readonly maxSkew: number;
  readonly minDomains: number;
  readonly matcher: PodMatcher;
  /** Whether the selector accepts the pod itself. */
  readonly acceptsItself: boolean;
  readonly honorsAffinity: boolean;
  readonly honorsTaints: boolean;
}

/** How pods spread by preference. */
export interface SoftSpread {
  readonly constraints: readonly SpreadConstraint[];
  /** Whether a node without one of the keys is left out; not so for the constraints that the scheduler has by default. */
  readonly needsAllKeys: boolean;
}

export interface PodAffinity {
  readonly required: readonly AffinityTerm[];
  readonly requiredAnti: readonly AffinityTerm[];
  readonly preferred: readonly AffinityTerm[];
  readonly preferredAnti: readonly AffinityTerm[];
}

/** What the scheduler reads of a pod, once for all pods that are made alike. */
export interface PodShape {
  readonly class: LabelClass;
  readonly spec: Field;
  /** What it asks of a node by itself, as text: two with the same one are told apart by no filter or score of single nodes. */
  readonly nodeKey: string;
  readonly requests: Resources;
  /** The requests with the least that LeastAllocated counts for a container that requests none. */
  readonly counted: { readonly cpu: number; readonly memory: number };
  readonly priority: number;
  readonly priorityClass: string;
  /** Whether it may take the place of pods with a lower priority. */
  readonly preempts: boolean;
  readonly tolerations: readonly Field[];
  readonly nodeName: string;
  readonly takesNode: NodeTest;
  readonly preferredNodes: readonly { readonly takes: NodeTest; readonly weight: number }[];
  readonly ports: readonly HostPort[];
  readonly affinity: PodAffinity;
  readonly spread: readonly SpreadConstraint[];
  readonly softSpread: SoftSpread;
  readonly images: readonly string[];
  /** How many containers it has, init containers as well. */
  readonly containers: number;
}
