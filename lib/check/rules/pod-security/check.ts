import type { Field } from '../../../manifest/field';
import type { Pods } from '../../../graph/pods';

/** The levels of the Pod Security Standards that forbid something. */
export type Level = 'baseline' | 'restricted';

/** Takes one field that a check forbids. The message goes on after the name of the object. */
export type Forbid = (field: Field, message: string, hint: string) => void;

/**
 * One check of the Pod Security Standards, as `k8s.io/pod-security-admission` 1.36 has it in `policy/check_<id>.go`.
 * Where the server names all containers at fault in one sentence, each has its own field here.
 */
export interface PodSecurityCheck {
  /** The server's name for it. */
  readonly id: string;
  readonly level: Level;
  /** The check of baseline that it stands in for, where restricted applies. */
  readonly overrides?: string;
  /** The version of the standards that brought it, as the minor number of a release. @default 0 */
  readonly since?: number;
  /** @param version of the standards, as the minor number of a release */
  readonly run: (pod: Pods, forbid: Forbid, version: number) => void;
}

/** Whether a pod says that it is for Windows, where the kernel features that `restricted` asks for do not exist. */
export function isWindows({ spec }: Pods): boolean {
  return spec.child('os').child('name').text === 'windows';
}

/** Whether root in the pod is nobody on the node: it has a user namespace of its own. */
export function hasUserNamespace({ spec }: Pods): boolean {
  return spec.child('hostUsers').value === false;
}

/** The security contexts of a pod: its own, then those of its containers. */
export function securityContexts({ spec, containers }: Pods): readonly Field[] {
  return [spec, ...containers.map(({ field }) => field)].map((owner) => owner.child('securityContext'));
}
