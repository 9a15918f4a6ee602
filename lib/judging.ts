/* eslint-disable @typescript-eslint/no-require-imports --
   Modules that are required when they are first called: most apps only describe objects, and the command line judges
   them in a process of its own. The rules of check take as long to load as all constructs. */
import type * as Admit from './check/admit';
import type * as AdmitSet from './check/admit-set';
import type * as Check from './check/check';
import type { Finding } from './check/finding';
import type { ReferenceGraph } from './graph/reference';
import type * as References from './graph/references';
import type { ManifestSet } from './manifest/set';
import type { Plan } from './plan/change';
import type * as Planning from './plan/plan';

/**
 * What an API server with its default configuration would say to a request to create `object`: nothing where it
 * would take it, else one error for each field that it would complain about, by the path that it would name.
 * An object of a kind that is neither built in nor defined by `crds` passes.
 *
 * @param object anything at all; nothing in it makes this throw
 * @throws SeaworthyError UNKNOWN_KUBERNETES for a release that is not known
 */
export function admit(object: unknown, options?: Admit.AdmitOptions): Finding[] {
  return (require('./check/admit') as typeof Admit).admit(object, options);
}

/**
 * What the API server of each cluster would say to requests to create its objects, each when all the others are there.
 *
 * @returns by environment, the findings of each object after another, in the order of the set, with their origins
 * @throws SeaworthyError UNKNOWN_KUBERNETES for a release that is not known
 */
export function admitSet(set: ManifestSet, options?: AdmitSet.AdmitSetOptions): Finding[] {
  return (require('./check/admit-set') as typeof AdmitSet).admitSet(set, options);
}

/**
 * Everything there is to say about the objects of `set`: whether an API server would take them, whether they fit
 * together, and whether they are wise. Each environment is judged separately, for its cluster's release.
 *
 * @returns by environment, then in the order of the set, then by field and rule; nothing twice
 * @throws SeaworthyError UNKNOWN_KUBERNETES for a release that is not known; UNKNOWN_RULE for a severity of a rule that
 * does not exist
 */
export function check(set: ManifestSet, options?: Check.CheckOptions): Finding[] {
  return (require('./check/check') as typeof Check).check(set, options);
}

/**
 * Everything that the objects of `set` refer to, by name or by labels, and where it is found. The objects of each
 * environment are looked for in that environment alone, and in what is assumed.
 */
export function references(set: ManifestSet, options?: References.ReferencesOptions): ReferenceGraph {
  return (require('./graph/references') as typeof References).references(set, options);
}

/**
 * What happens in clusters that hold `before` when `after` is applied over it: what becomes of each object as the API
 * server sees it, and what follows from that for pods, data, traffic and permissions. Each environment is a cluster of
 * its own, unless one of the sets names none.
 *
 * @throws SeaworthyError UNKNOWN_KUBERNETES for a release that is not known; DUPLICATE_IDENTITY where one of the sets
 * holds an object twice
 */
export function plan(before: ManifestSet, after: ManifestSet, options?: Planning.PlanOptions): Plan {
  return (require('./plan/plan') as typeof Planning).plan(before, after, options);
}
