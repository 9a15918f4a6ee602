import type { Cluster } from '../graph/cluster';
import { featureGatesOf } from '../graph/feature-gates';
import { clustersOf } from '../graph/clusters';
import { readOptions } from '../manifest/foreign';
import type { Manifest } from '../manifest/manifest';
import { checkedSet, type ManifestSet } from '../manifest/set';
import type { Finding } from './finding';
import type { AdmitOptions } from './admit';
import { Definitions } from '../apiserver/admission/custom/definitions';
import { warningsOf } from '../apiserver/warnings/warnings';
import { findingsOf, WARNING, warningFindings } from './admission';
import { droppedFindings } from './dropped-fields';
import { knownFindings } from './known-kinds';
import { locator } from './located';
import { judge } from '../apiserver/admission/judge';
import { SetPolicies, type Judged } from './set-policies';

export interface AdmitSetOptions extends AdmitOptions {
  /**
   * Objects that are in the cluster already, and are not checked: definitions, policies with their bindings and params,
   * namespaces.
   *
   * @default none
   */
  readonly assume?: ManifestSet;
  /** Whether a custom resource without a definition is an error, and not just an info. @default false */
  readonly strict?: boolean;
}

/**
 * Checks whether the API server of each cluster would accept its objects, each created after all the others: custom
 * resources are validated by the definitions in the set, else by those that well-known software comes with, and valid
 * objects by its ValidatingAdmissionPolicies.
 *
 * @returns the findings by environment and then in the order of the set, with their origins
 * @throws SeaworthyError UNKNOWN_KUBERNETES for an unknown release
 */
export function admitSet(set: ManifestSet, options: AdmitSetOptions = {}): Finding[] {
  const located = locator();
  const read = readOptions(options, ['kubernetes', 'assume', 'crds', 'strict', 'warnings']);
  return clustersOf(checkedSet(set, 'set'), read)
    .flatMap((cluster) => admissionOf(cluster, read))
    .map(({ manifest, finding }) => {
      const { origin } = manifest;
      return origin === undefined ? finding : located(manifest, { ...finding, origin });
    });
}

interface AdmissionOptions extends Pick<AdmitSetOptions, 'crds' | 'strict' | 'warnings'> {
  /** Whether to report what servers accept and drop, too. @default false */
  readonly dropped?: boolean;
  /** Gets what the API server makes of each object of the set. @default nobody asks */
  readonly onJudged?: (manifest: Manifest, judgement: Judged['judgement']) => void;
}

/** The same for one cluster, each finding with its manifest. */
export function admissionOf(
  cluster: Cluster,
  { crds = [], strict = false, warnings = false, dropped = false, onJudged }: AdmissionOptions,
): Reported[] {
  const { set, assumed: assume, kubernetes } = cluster;
  const gates = featureGatesOf(cluster);
  const definitions = new Definitions(kubernetes, set, assume, crds);
  const judgedManifest = (manifest: Manifest): Judged => ({
    manifest,
    judgement: judge(manifest.object, kubernetes, definitions, undefined, gates),
  });
  const judged = [...set].map(judgedManifest);
  for (const { manifest, judgement } of judged) onJudged?.(manifest, judgement);
  const assumed = [...assume].map(judgedManifest);
  const policies = new SetPolicies([...judged, ...assumed], definitions, kubernetes);
  return judged.flatMap(({ manifest, judgement }) => {
    const { object, id } = manifest;
    if (judgement.isUnknown) {
      const own = knownFindings(manifest, cluster) ?? [noDefinition(manifest, strict)];
      return own.filter(({ rule }) => warnings || rule !== WARNING).map((finding) => ({ manifest, finding }));
    }
    const own = findingsOf(object, judgement.violations).map((finding) => ({ ...finding, id }));
    const said = warnings && own.length === 0 ? warningsOf(judgement.value, gates, definitions) : [];
    const lost = dropped ? droppedFindings(id, judgement.dropped ?? [], kubernetes) : [];
    const found =
      own.length > 0 ? own : [...policies.findings(id, judgement), ...warningFindings(id, said), ...lost];
    return found.map((finding) => ({ manifest, finding }));
  });
}

/** A finding, and its manifest. */
export interface Reported {
  readonly manifest: Manifest;
  readonly finding: Finding;
}

function noDefinition({ id }: Manifest, isStrict: boolean): Finding {
  return {
    rule: 'admission/no-definition',
    severity: isStrict ? 'error' : 'info',
    id,
    path: 'kind',
    message: `${id.apiVersion} ${id.kind} is not checked: no CustomResourceDefinition defines it`,
    hint: 'Add its CustomResourceDefinition to the set, or pass a file that has it with --assume or --crds.',
  };
}
