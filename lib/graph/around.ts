import type { LabelSelector } from '../kube/labels';
import type { Target } from './reference';

/**
 * What was read beside the objects of a cluster, of which nobody knows whether the cluster gets it: what is there proves
 * that nothing is missing, and no more.
 */
export interface Around {
  /** Whether one of the objects is the target, or its controller makes it. */
  readonly has: (target: Target) => boolean;
  /** The objects of any kind with this name, whatever their namespaces. */
  readonly named: (name: string) => readonly Target[];
  /** Whether a selector takes pods or Services of them, in some namespaces, or in any. */
  readonly selects: (
    selector: LabelSelector,
    namespaces: readonly string[] | undefined,
    things: 'pods' | 'Services',
  ) => boolean;
}

/** How much is known of a cluster that was read. */
export interface Knowledge {
  /** Whether a target that is not among what is assumed does not exist. */
  readonly isComplete: (target: Target) => boolean;
  /** Whether nobody could read objects of this kind there, so that any may exist. */
  readonly isHidden: (target: Target) => boolean;
}

/** What the rest of a project has, outside the objects that are judged: files that were not asked for, guides, scripts. */
export interface Elsewhere {
  /** The first file that defines an object, or has a command that creates or uses it. */
  readonly has: (target: Target) => string | undefined;
  /** The first file with all labels that a selector asks for. */
  readonly labels: (selector: LabelSelector) => string | undefined;
  /** The first kustomization outside of a folder that builds on it, and so adds to it. */
  readonly builtBy: () => string | undefined;
}
