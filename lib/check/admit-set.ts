import type { Cluster } from '../graph/cluster';
import { clustersOf } from '../graph/clusters';
import type { KubernetesRelease } from '../kube/schema';
import type { Manifest } from '../manifest/manifest';
import type { ManifestSet } from '../manifest/set';
import type { Finding } from './finding';
import type { AdmitOptions } from './admit';
import { Definitions } from '../apiserver/admission/custom/definitions';
import { findingsOf } from './admission';
import { locator } from './located';
import { judge } from '../apiserver/admission/judge';
import { SetPolicies, type Judged } from './set-policies';

export interface AdmitSetOptions extends AdmitOptions {
  /**
   * Objects that are in the cluster already, and are not judged: definitions, policies with their bindings and params,
   * namespaces.
   *
   * @default none
   */
  readonly assume?: ManifestSet;
  /** Whether a custom resource without a definition is an error, and not only worth knowing. @default false */
  readonly strict?: boolean;
}

/**
 * What the API server of each cluster would say to requests to create its objects, each when all the others are there:
 * custom resources are judged by the definitions in the set, and what is fine in itself by its
 * ValidatingAdmissionPolicies.
 *
 * @returns by environment, the findings of each object after another, in the order of the set, with their origins
 * @throws SeaworthyError UNKNOWN_KUBERNETES for a release that is not known
 */
export function admitSet(set: ManifestSet, options: AdmitSetOptions = {}): Finding[] {
  const located = locator();
  return clustersOf(set, options)
    .flatMap((cluster) => admissionOf(cluster, options))
    .map(({ manifest, finding }) => {
      const { origin } = manifest;
      return origin === undefined ? finding : located(manifest, { ...finding, origin });
    });
}

/** The same for one cluster, each finding with the manifest that it is about. */
export function admissionOf(
  { set, assumed: assume, kubernetes }: Cluster,
  { crds = [], strict = false }: Pick<AdmitSetOptions, 'crds' | 'strict'>,
): Reported[] {
  const definitions = new Definitions(kubernetes, set, assume, crds);
  const judged = [...set].map((manifest) => judgedManifest(manifest, kubernetes, definitions));
  const assumed = [...assume].map((manifest) => judgedManifest(manifest, kubernetes, definitions));
  const policies = new SetPolicies([...judged, ...assumed], definitions, kubernetes);
  return judged.flatMap(({ manifest, judgement }) => {
    const { object, id } = manifest;
    const own = judgement.isUnknown
      ? [noDefinition(manifest, strict)]
      : findingsOf(object, judgement.violations).map((finding) => ({ ...finding, id }));
    const found = own.length > 0 ? own : policies.findings(id, judgement);
    return found.map((finding) => ({ manifest, finding }));
  });
}

/** A finding, and the manifest it is about. */
export interface Reported {
  readonly manifest: Manifest;
  readonly finding: Finding;
}

function judgedManifest(manifest: Manifest, kubernetes: KubernetesRelease, definitions: Definitions): Judged {
  return { manifest, judgement: judge(manifest.object, kubernetes, definitions) };
}

function noDefinition({ id }: Manifest, isStrict: boolean): Finding {
  return {
    rule: 'admission/no-definition',
    severity: isStrict ? 'error' : 'info',
    id,
    path: 'kind',
    message: `${id.apiVersion} ${id.kind} is not checked: no CustomResourceDefinition defines it`,
    hint: 'Add its CustomResourceDefinition to the set, or name a file that has it.',
  };
}
