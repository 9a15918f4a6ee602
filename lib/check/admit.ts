import { SeaworthyError } from '../errors';
import { gatesOf, type FeatureGates } from '../kube/feature-gates';
import { featureGateProblems } from '../profiles/feature-gates';
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
  /**
   * The feature gates that the API server sets, such as `{ UserNamespacesSupport: true }`.
   *
   * @default none: each gate is as the release has it by default
   */
  readonly featureGates?: Readonly<Record<string, boolean>>;
  /** Whether to return the warnings of the API server, too, about what it accepts. @default false */
  readonly warnings?: boolean;
}

/**
 * Checks whether an API server, with its default configuration but for `featureGates`, would accept a request to create
 * `object`. Returns no findings if it would, unless its `warnings` are asked for; otherwise an error for each invalid field,
 * with the path that the server would report. Objects of a kind that is neither built in nor defined by `crds` have no findings.
 *
 * @param object any value; none makes this throw
 * @throws SeaworthyError UNKNOWN_KUBERNETES for an unknown release; INVALID_PROP for a feature gate that the release does not
 * know or has locked; RENDER_FAILED for a definition in `crds` that cannot be read
 */
export function admit(object: unknown, options: AdmitOptions = {}): Finding[] {
  const { kubernetes, crds, featureGates, warnings } = readOptions(options, [
    'kubernetes',
    'crds',
    'featureGates',
    'warnings',
  ]);
  const gates = checkedGates(kubernetes ?? latestRelease, featureGates);
  const definitions = definitionsIn(crds, gates.kubernetes);
  const { value, violations } = judge(object, gates.kubernetes, definitions, undefined, gates);
  if (warnings !== true || violations.length > 0) return findingsOf(object, violations);
  return warningFindings(identityOf(object), warningsOf(value, gates, definitions));
}

function checkedGates(version: string, settings: AdmitOptions['featureGates']): FeatureGates {
  const [first, ...more] = featureGateProblems(settings, release(version));
  if (first !== undefined) throw new SeaworthyError(first, ...more);
  return gatesOf(version, settings);
}
