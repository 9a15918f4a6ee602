import { latestRelease, release } from '../kube/schema';
import type { Finding } from './finding';
import { definitionsIn, type DefinitionSource } from '../apiserver/admission/custom/definitions';
import { findingsOf } from './admission';
import { judge } from '../apiserver/admission/judge';

export interface AdmitOptions {
  /**
   * The release of the cluster: `1.31`, `v1.31.4`.
   *
   * @default the newest that Seaworthy knows
   */
  readonly kubernetes?: string;
  /**
   * CustomResourceDefinitions to judge custom resources by, as a set or as plain objects; whatever else is among them
   * is passed over. They are read once, so that a list should not change between calls.
   *
   * @default none: custom resources pass
   */
  readonly crds?: DefinitionSource;
}

/**
 * What an API server with its default configuration would say to a request to create `object`: nothing where it
 * would take it, else one error for each field that it would complain about, by the path that it would name.
 * An object of a kind that is neither built in nor defined by `crds` passes.
 *
 * @param object anything at all; nothing in it makes this throw
 * @throws SeaworthyError UNKNOWN_KUBERNETES for a release that is not known
 */
export function admit(object: unknown, options: AdmitOptions = {}): Finding[] {
  const kubernetes = options.kubernetes === undefined ? latestRelease : release(options.kubernetes);
  const { violations } = judge(object, kubernetes, definitionsIn(options.crds, kubernetes));
  return findingsOf(object, violations);
}
