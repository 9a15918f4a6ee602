import type { NamingReference, Target } from './reference';
import type { World } from './world';

/** Kinds that are easily confused. */
const FAMILIES: readonly (readonly string[])[] = [
  [
    'Deployment',
    'StatefulSet',
    'DaemonSet',
    'ReplicaSet',
    'ReplicationController',
    'Rollout',
    'CronJob',
    'Job',
  ],
  ['Role', 'ClusterRole'],
  ['ConfigMap', 'Secret'],
  ['Issuer', 'ClusterIssuer'],
  ['SecretStore', 'ClusterSecretStore'],
  ['TriggerAuthentication', 'ClusterTriggerAuthentication'],
];

/** An object of exactly the name that is missing, and the field in which it differs from the target. */
export interface Likeness {
  readonly other: Target;
  readonly differs: 'namespace' | 'group' | 'kind';
}

/** An object with exactly this name in another namespace, group or kind. */
export function sameName(world: World, { target }: Pick<NamingReference, 'target'>): Likeness | undefined {
  for (const other of world.named(target.name)) {
    if (isSameKind(other, target)) return { other, differs: 'namespace' };
    if (other.kind === target.kind && other.namespace === target.namespace)
      return { other, differs: 'group' };
    if (areAlike(other, target)) return { other, differs: 'kind' };
  }
  return undefined;
}

function isSameKind(a: Target, b: Target): boolean {
  return a.kind === b.kind && a.group === b.group;
}

function areAlike(a: Target, b: Target): boolean {
  const isNear = a.namespace === b.namespace || a.namespace === undefined || b.namespace === undefined;
  return isNear && FAMILIES.some((family) => family.includes(a.kind) && family.includes(b.kind));
}
