import { nearest } from '../../errors';
import type { Manifest } from '../../manifest/manifest';
import type { Rule } from '../rule';
import type { Naming, NamingReference, Part, Target } from '../../graph/reference';
import { referencesIn, worldOf } from '../../graph/references';
import { choice, describeTarget } from '../../graph/describe';
import type { World } from '../../graph/world';

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

/** Reports each missing object that a field of the given roles names, once for each object that names it. */
export function targetMissing(...roles: readonly Naming[]): Rule['run'] {
  return (cluster, report) => {
    const world = worldOf(cluster);
    const reported: Reported = new Map();
    for (const reference of referencesIn(cluster).references) {
      if (reference.type !== 'names' || !roles.includes(reference.role)) continue;
      if (reference.resolution !== 'missing' || reference.optional) continue;
      const { from, target } = reference;
      if (!isNew(reported, reference, '')) continue;
      const { path, hint } = suggestion(world, reference);
      report(from, path, `${describeTarget(target, from)} not found`, hint);
    }
  };
}

/** Reports each key, port or other part that a field names and its target does not have. */
export function partMissing(type: Part['type'], word: string): Rule['run'] {
  return (cluster, report) => {
    const reported: Reported = new Map();
    for (const reference of referencesIn(cluster).references) {
      if (reference.type !== 'names' || reference.optional) continue;
      const { from, target, part } = reference;
      if (part?.type !== type || part.found !== false || !isNew(reported, reference, String(part.value)))
        continue;
      const message = `${describeTarget(target, from)} has no ${word} "${part.value}"`;
      report(from, part.path, message, partHint(part));
    }
  };
}

/** What has been reported by object. */
type Reported = Map<Manifest, Set<string>>;

/** Whether this is the first reference of an object to this target, or this part of it. */
function isNew(reported: Reported, { from, target }: NamingReference, part: string): boolean {
  const keys = reported.get(from) ?? new Set<string>();
  const key = [target.group, target.kind, target.namespace, target.name, part].join('|');
  if (keys.has(key)) return false;
  reported.set(from, keys.add(key));
  return true;
}

function partHint({ value, has }: Part): string | undefined {
  if (has.length === 0) return undefined;
  const near = nearest(String(value), has);
  return near === undefined ? `Use ${choice(has)}.` : `Did you mean "${near}"?`;
}

interface Suggestion {
  readonly path: string;
  readonly hint: string;
}

/** Which field is likely to be wrong, and what to set instead. */
function suggestion(world: World, reference: NamingReference): Suggestion {
  const { path, target } = reference;
  const elsewhere = sameName(world, reference);
  // An exact name with another wrong field is a better guess than a similar name.
  if (elsewhere !== undefined && elsewhere.path !== path) return elsewhere;
  const near = nearest(target.name, world.names(target));
  if (near !== undefined) return { path, hint: `Did you mean "${near}"?` };
  return elsewhere ?? { path, hint: 'Add it, or pass it with --assume if the cluster has it.' };
}

/** An object with exactly this name in another namespace, group or kind. */
function sameName(world: World, { path, target, beside }: NamingReference): Suggestion | undefined {
  for (const other of world.named(target.name)) {
    if (isSameKind(other, target)) {
      const hint = `There is one in namespace "${other.namespace ?? ''}".`;
      return { path: beside.namespace ?? path, hint };
    }
    if (other.kind === target.kind && other.namespace === target.namespace)
      return { path: beside.group ?? path, hint: `There is one in API group "${other.group}".` };
    if (areAlike(other, target))
      return { path: beside.kind ?? path, hint: `There is a ${other.kind} with this name.` };
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
