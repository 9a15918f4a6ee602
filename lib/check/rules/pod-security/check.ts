import type { Field } from '../../../manifest/field';
import type { Pods } from '../../../graph/pods';

/** The levels of the Pod Security Standards with restrictions. */
export type Level = 'baseline' | 'restricted';

/** Receives a field that a check forbids. */
export type Forbid = (field: Field, message: string, hint: string) => void;

/**
 * One check of the Pod Security Standards, as `k8s.io/pod-security-admission` 1.36 has it in `policy/check_<id>.go`.
 * The server names all containers in one sentence; here each violation has its own field.
 */
export interface PodSecurityCheck {
  /** The server's name for it. */
  readonly id: string;
  readonly level: Level;
  /** The check of baseline that it replaces under restricted. */
  readonly overrides?: string;
  /** The first version of the standards that has it, as the minor number of a release. @default 0 */
  readonly since?: number;
  /** @param version of the standards, as the minor number of a release */
  readonly run: (pod: Pods, forbid: Forbid, version: number) => void;
}

/** Whether a pod is for Windows, which lacks the kernel features that `restricted` requires. */
export function isWindows({ spec }: Pods): boolean {
  return spec.child('os').child('name').text === 'windows';
}

/** Whether the pod has a user namespace, in which root has no privileges on the node. */
export function hasUserNamespace({ spec }: Pods): boolean {
  return spec.child('hostUsers').value === false;
}

/** The security contexts of a pod: its own, then those of its containers. */
export function securityContexts({ spec, containers }: Pods): readonly Field[] {
  return [spec, ...containers.map(({ field }) => field)].map((owner) => owner.child('securityContext'));
}
