import type { Cluster } from '../graph/cluster';
import { featureGatesOf } from '../graph/feature-gates';
import type { FeatureGates } from '../kube/feature-gates';
import { clustersOf } from '../graph/clusters';
import type { PlainRecord } from '../manifest/data';
import { readOptions } from '../manifest/foreign';
import type { Manifest } from '../manifest/manifest';
import { progress } from '../manifest/progress';
import { checkedSet, type ManifestSet } from '../manifest/set';
import type { Finding } from './finding';
import type { AdmitOptions } from './admit';
import { Definitions } from '../apiserver/admission/custom/definitions';
import { MetadataReads } from '../apiserver/admission/metadata';
import { warningsOf } from '../apiserver/warnings/warnings';
import { findingsOf, WARNING, warningFindings } from './admission';
import { AlikeObjects } from './alike';
import { droppedFindings } from './dropped-fields';
import { knownFindings } from './known-kinds';
import { locator } from './located';
import { judge } from '../apiserver/admission/judge';
import { isPolicy, SetPolicies, type Judged } from './set-policies';

export interface AdmitSetOptions extends Omit<AdmitOptions, 'featureGates'> {
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
  /** Examines an object, or knows what came of it before. @default each is examined */
  readonly examined?: (manifest: Manifest, examine: () => Examined) => Examined;
}

/** What the API server makes of an object, whatever policies are in force. */
export interface Examined {
  readonly judgement: Judged['judgement'];
  /** Of the object itself, with what it is warned of and what is dropped of it. */
  readonly findings: readonly Finding[];
}

/** The same for one cluster, each finding with its manifest. */
export function admissionOf(cluster: Cluster, options: AdmissionOptions): Reported[] {
  const { set, assumed: assume, kubernetes } = cluster;
  const { crds = [], onJudged, examined = (_, examine) => examine() } = options;
  const definitions = new Definitions(kubernetes, set, assume, crds);
  const examiner = new Examiner(cluster, definitions, options);
  const all = [...set].map((manifest, index) => {
    progress('checking objects', index, set.size);
    return { manifest, ...examined(manifest, () => examiner.examine(manifest)) };
  });
  for (const { manifest, judgement } of all) onJudged?.(manifest, judgement);
  const assumed = [...assume].map((manifest) => ({
    manifest,
    ...examined(manifest, () => ({ judgement: examiner.judge(manifest), findings: [] })),
  }));
  const policies = new SetPolicies([...all, ...assumed], definitions, kubernetes);
  return all.flatMap(({ manifest, judgement, findings }) => {
    const isValid = judgement.isUnknown !== true && judgement.violations.length === 0;
    const denied = isValid ? policies.findings(manifest.id, judgement) : [];
    return [...denied, ...findings].map((finding) => ({ manifest, finding }));
  });
}

/**
 * The same in slices of `size` objects, in the order of the set: none depends on another, and what the server makes of an
 * object is forgotten with its slice. One slice where there are policies, which may ask for any object.
 */
export function admissionSlices(
  cluster: Cluster,
  options: Pick<AdmissionOptions, 'strict' | 'warnings' | 'dropped' | 'examined'>,
  size: number,
): readonly (() => Reported[])[] {
  const { set, assumed, kubernetes } = cluster;
  const { examined } = options;
  if (set.size <= size || [...set, ...assumed].some(({ id }) => isPolicy(id)))
    return [() => admissionOf(cluster, options)];
  let examiner: Examiner | undefined;
  return Array.from({ length: Math.ceil(set.size / size) }, (_, index) => () => {
    const by = (examiner ??= new Examiner(cluster, new Definitions(kubernetes, set, assumed, []), options));
    const from = index * size;
    return set.manifests.slice(from, from + size).flatMap((manifest, place) => {
      progress('checking objects', from + place, set.size);
      const findings =
        examined === undefined
          ? by.findings(manifest)
          : examined(manifest, () => by.examine(manifest)).findings;
      return findings.map((finding) => ({ manifest, finding }));
    });
  });
}

/** Looks at objects one by one. */
class Examiner {
  readonly #cluster: Cluster;
  readonly #definitions: Definitions;
  readonly #options: AdmissionOptions;
  readonly #gates: FeatureGates;
  readonly #alike: AlikeObjects;

  constructor(cluster: Cluster, definitions: Definitions, options: AdmissionOptions) {
    this.#cluster = cluster;
    this.#definitions = definitions;
    this.#options = options;
    this.#gates = featureGatesOf(cluster);
    this.#alike = new AlikeObjects(cluster.kubernetes, this.#gates);
  }

  judge({ object }: Manifest, reads?: MetadataReads): Judged['judgement'] {
    return judge(object, this.#cluster.kubernetes, this.#definitions, undefined, this.#gates, reads);
  }

  /** The same as `examine` finds, without what the server makes of the object. */
  findings(manifest: Manifest): readonly Finding[] {
    if (this.#alike.accepts(manifest.object)) return [];
    const reads = new MetadataReads();
    const findings = this.#findings(manifest, this.judge(manifest, reads), reads.metadata);
    if (findings.length === 0) this.#alike.add(manifest.object, reads);
    return findings;
  }

  examine(manifest: Manifest): Examined {
    const judgement = this.judge(manifest);
    return { judgement, findings: this.#findings(manifest, judgement) };
  }

  /** @param metadata of the object, where somebody learns what is asked for in that of the judgement */
  #findings(manifest: Manifest, judgement: Judged['judgement'], metadata?: PlainRecord): readonly Finding[] {
    const { object, id } = manifest;
    const { strict = false, warnings = false, dropped = false } = this.#options;
    const { kubernetes } = this.#cluster;
    if (judgement.isUnknown) {
      const own = knownFindings(manifest, this.#cluster) ?? [noDefinition(manifest, strict)];
      return own.filter(({ rule }) => warnings || rule !== WARNING);
    }
    const own = findingsOf(object, judgement.violations).map((finding) => ({ ...finding, id }));
    if (own.length > 0) return own;
    const said = warnings ? warningsOf(judgement.value, this.#gates, this.#definitions, metadata) : [];
    const lost = dropped ? droppedFindings(id, judgement.dropped ?? [], kubernetes) : [];
    return [...warningFindings(id, said), ...lost];
  }
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
