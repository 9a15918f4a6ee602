import { defaultGates } from '../kube/feature-gates';
import { latestRelease, release } from '../kube/schema';
import type { Finding } from './finding';
import { definitionsIn, type DefinitionSource } from '../apiserver/admission/custom/definitions';
import { findingsOf, identityOf, warningFindings } from './admission';
import { readOptions } from '../manifest/foreign';
import { judge } from '../apiserver/admission/judge';
import { warningsOf } from '../apiserver/warnings/warnings';

export interface AdmitOptions {
  /**
   * The release of the cluster: `1.31`, `v1.31.4`.
   *
   * @default the newest that Seaworthy supports
   */
  readonly kubernetes?: string;
  /**
   * CustomResourceDefinitions for validating custom resources, as a set or as plain objects. Objects of other kinds are
   * ignored. A list is read once, so do not change it between calls.
   *
   * @default none: custom resources are not validated
   */
  readonly crds?: DefinitionSource;
  /** Whether to return the warnings of the API server, too, about what it accepts. @default false */
  readonly warnings?: boolean;
}

/**
 * Checks whether an API server with its default configuration would accept a request to create `object`. Returns no
 * findings if it would, unless its `warnings` are asked for; otherwise an error for each invalid field, with the path that the server would report.
 * Objects of a kind that is neither built in nor defined by `crds` have no findings.
 *
 * @param object any value; none makes this throw
 * @throws SeaworthyError UNKNOWN_KUBERNETES for an unknown release; RENDER_FAILED for a definition in `crds` that cannot
 * be read
 */
export function admit(object: unknown, options: AdmitOptions = {}): Finding[] {
  const { kubernetes: asked, crds, warnings } = readOptions(options, ['kubernetes', 'crds', 'warnings']);
  const kubernetes = asked === undefined ? latestRelease : release(asked);
  const definitions = definitionsIn(crds, kubernetes);
  const { value, violations } = judge(object, kubernetes, definitions);
  if (warnings !== true || violations.length > 0) return findingsOf(object, violations);
  return warningFindings(identityOf(object), warningsOf(value, defaultGates(kubernetes), definitions));
}
