import { nearest } from '../../errors';
import type { Manifest } from '../../manifest/manifest';
import type { Rule } from '../rule';
import type { Naming, NamingReference, Part } from '../../graph/reference';
import { referencesIn, worldOf } from '../../graph/references';
import { doubtOf, namesLike } from '../../graph/doubt';
import { choice, describeTarget } from '../../graph/describe';
import { sameName } from '../../graph/likeness';
import type { World } from '../../graph/world';

/**
 * Reports each missing object that a field of the given roles names, once for each object that names it: as a warning
 * where something may create it that the set does not show.
 */
export function targetMissing(...roles: readonly Naming[]): Rule['run'] {
  return (cluster, report) => {
    const world = worldOf(cluster);
    const reported: Reported = new Map();
    for (const reference of referencesIn(cluster).references) {
      if (reference.type !== 'names' || !roles.includes(reference.role)) continue;
      if (reference.resolution !== 'missing' || reference.optional) continue;
      const { from, target } = reference;
      if (!isNew(reported, reference, '')) continue;
      const missing = `${describeTarget(target, from)} not found`;
      const doubt = doubtOf(cluster, reference);
      if (doubt !== undefined) {
        report(from, reference.path, `${missing}, but ${doubt.why}`, doubt.remedy, 'warning');
        continue;
      }
      const { path, hint } = suggestion(world, reference);
      report(from, path, missing, hint);
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

export interface Suggestion {
  readonly path: string;
  readonly hint: string;
}

/** Which field is likely to be wrong, and what to set instead. */
export function suggestion(world: World, reference: NamingReference): Suggestion {
  const { path, target } = reference;
  const same = elsewhere(world, reference);
  // An exact name with another wrong field is a better guess than a similar name.
  if (same !== undefined && same.path !== path) return same;
  const near = nearest(target.name, namesLike(world, target));
  if (near !== undefined) return { path, hint: `Did you mean "${near}"?` };
  return same ?? { path, hint: 'Add it, or pass it with --assume if the cluster has it.' };
}

/** An object with exactly this name in another namespace, group or kind. */
function elsewhere(world: World, reference: NamingReference): Suggestion | undefined {
  const found = sameName(world, reference);
  if (found === undefined) return undefined;
  const { path, beside } = reference;
  const { other, differs } = found;
  const hints = {
    namespace: `There is one in namespace "${other.namespace ?? ''}".`,
    group: `There is one in API group "${other.group}".`,
    kind: `There is a ${other.kind} with this name.`,
  };
  return { path: beside[differs] ?? path, hint: hints[differs] };
}
