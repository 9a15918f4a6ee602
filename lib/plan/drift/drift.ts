/** A field that somebody else set or changed in the cluster, and what applying the manifest does to it. */
export interface DriftedField {
  /** As the API server writes it: `spec.template.spec.containers[0].image`. */
  readonly path: string;
  /** What the manifest has; absent where it says nothing. Secrets are hidden as in `ChangedField`. */
  readonly expected?: unknown;
  /** What the cluster has; absent where it has nothing. */
  readonly live?: unknown;
  /** Who wrote it, as the API server names managers: `kubectl-edit`, `kubectl (scale)`; absent where nobody knows. */
  readonly manager?: string;
  /** When that manager last wrote, as RFC 3339; absent if the server does not say. */
  readonly since?: string;
  /**
   * What applying does: `conflict`, the server refuses it unless the field is taken over; `stays`, since the manifest says
   * nothing about it; `reset` to what the manifest has.
   */
  readonly then: 'conflict' | 'stays' | 'reset';
}

/** A field that is applied with another value than a manager of the cluster holds, which is none of ours. */
export interface HeldField {
  readonly path: string;
  readonly manager: string;
  readonly since?: string;
}
