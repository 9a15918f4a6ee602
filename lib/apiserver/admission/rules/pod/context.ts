import type { CheckedField } from '../../checked-field';

/** The context of a pod for rules about a part of it. */
export interface PodContext {
  /** `spec` of the pod or of its template. */
  readonly spec: CheckedField;
  /** Whether it is a Pod itself, not the template of one. */
  readonly isPod: boolean;
  /** Name of the pod, if it is known. */
  readonly podName: string;
  /** The valid volumes, by name. */
  readonly volumes: ReadonlyMap<string, CheckedField>;
  /** Names of `spec.resourceClaims`. */
  readonly claims: ReadonlySet<string>;
}

/**
 * Whether the pod uses the user namespace of its node, which is the default.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateHostUsers 1.36
 */
export function usesHostUsers({ spec }: PodContext): boolean {
  return spec.child('hostUsers').value !== false;
}

/**
 * All containers of a pod, in the server's order.
 *
 * @source k8s.io/kubernetes pkg/api/pod/util.go VisitContainers 1.36
 */
export function allContainers(spec: CheckedField): CheckedField[] {
  return ['initContainers', 'containers', 'ephemeralContainers'].flatMap((list) => spec.child(list).items);
}
