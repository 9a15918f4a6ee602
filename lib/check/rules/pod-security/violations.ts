import type { Field } from '../../../manifest/field';
import type { Pods } from '../../../graph/pods';
import type { Level, PodSecurityCheck } from './check';
import { CONFINEMENT } from './confinement';
import { HOST } from './host';
import { KERNEL } from './kernel';
import { RESTRICTED } from './restricted';

/** A field that a level of the Pod Security Standards forbids. */
export interface PodViolation {
  /** The check that forbids it, by the server's name for it. */
  readonly check: string;
  readonly field: Field;
  /** What the pod does: `shares a namespace of the node`. */
  readonly message: string;
  readonly hint: string;
}

const CHECKS: readonly PodSecurityCheck[] = [...HOST, ...CONFINEMENT, ...KERNEL, ...RESTRICTED];

/**
 * The violations of `level` by a pod.
 *
 * @param version of the standards, as the minor number of a release: 31 for v1.31
 */
export function podViolations(pod: Pods, level: Level, version: number): PodViolation[] {
  const found: PodViolation[] = [];
  for (const { id: check, run } of checksOf(level, version))
    run(pod, (field, message, hint) => found.push({ check, field, message, hint }), version);
  return found;
}

function checksOf(level: Level, version: number): readonly PodSecurityCheck[] {
  const checks = CHECKS.filter(({ level: own, since = 0 }) => {
    return version >= since && (own === 'baseline' || level === 'restricted');
  });
  const overridden = new Set(checks.map(({ overrides }) => overrides));
  return checks.filter(({ id }) => !overridden.has(id));
}
