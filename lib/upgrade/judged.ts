import type { Judgement } from '../apiserver/admission/judgement';
import { admissionOf, type Examined } from '../check/admit-set';
import { DROPPED } from '../check/dropped-fields';
import type { Finding } from '../check/finding';
import { Cluster } from '../graph/cluster';
import { push } from '../kube/grouped';
import { availability, type KubernetesRelease } from '../kube/schema';
import { isWithin, withStretch, type Stretch } from '../kube/stretch';
import type { Manifest, ObjectId } from '../manifest/manifest';
import { REFUSALS, type UpgradeVerdict } from './result';

/** What a release makes of one object. */
export interface Judged {
  readonly verdict: UpgradeVerdict;
  readonly findings: readonly Finding[];
  /** The object as it is stored; undefined if it is not, or not known. */
  readonly value: unknown;
}

/** What was found out about one object, and for which releases it holds. */
interface Known {
  readonly stretch: Stretch;
  readonly examined: Examined;
}

/**
 * What the API servers of releases make of the objects of a cluster. An object is not examined again on a release that answers
 * every question as the one before did: about its kind, its fields, gates, defaults, rules and CEL functions.
 */
export class Judges {
  readonly #cluster: Cluster;
  readonly #known = new Map<Manifest, Known>();

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  /** What a release makes of each object. */
  in(kubernetes: KubernetesRelease): ReadonlyMap<Manifest, Judged> {
    const { set, assumed, profile, environment } = this.#cluster;
    const then = new Cluster(set, profile, { assume: assumed, kubernetes, environment });
    const judgements = new Map<Manifest, Judgement>();
    const findings = new Map<Manifest, Finding[]>();
    const reported = admissionOf(then, {
      warnings: true,
      dropped: true,
      onJudged: (manifest, judgement) => judgements.set(manifest, judgement),
      examined: (manifest, examine) => this.#examined(manifest, kubernetes, examine),
    });
    for (const { manifest, finding } of reported) push(findings, manifest, finding);
    return new Map(
      [...set].map((manifest) => {
        const own = findings.get(manifest) ?? [];
        const judgement = judgements.get(manifest);
        return [manifest, judgedOf(own, judgement, unservedAs(manifest.id, kubernetes))] as const;
      }),
    );
  }

  #examined(manifest: Manifest, kubernetes: KubernetesRelease, examine: () => Examined): Examined {
    const known = this.#known.get(manifest);
    if (known !== undefined && isWithin(kubernetes, known.stretch)) return known.examined;
    const { value: examined, stretch } = withStretch(kubernetes, examine);
    this.#known.set(manifest, { stretch, examined });
    return examined;
  }
}

function judgedOf(
  findings: readonly Finding[],
  judgement: Judgement | undefined,
  unserved: Unserved,
): Judged {
  const verdict = verdictOf(findings, judgement, unserved);
  const isStored = !REFUSALS.has(verdict) && judgement?.isUnknown !== true;
  return { verdict, findings, value: isStored ? judgement?.value : undefined };
}

function verdictOf(
  findings: readonly Finding[],
  judgement: Judgement | undefined,
  unserved: Unserved,
): UpgradeVerdict {
  const refusals = findings.filter(({ rule, severity }) => severity === 'error' && rule !== DROPPED);
  if (refusals.some(isUnserved) || (judgement?.violations ?? []).some(({ reason }) => reason === UNSERVED))
    return unserved;
  if (refusals.length > 0) return 'refused';
  if (findings.some(({ rule }) => rule === 'admission/no-definition')) return 'unknown';
  if (findings.some(({ rule }) => rule === DROPPED)) return 'dropped';
  return findings.length > 0 ? 'warned' : 'ok';
}

/** How an API version is not served. */
export type Unserved = 'removed' | 'off' | 'future';

const UNSERVED = 'unserved-kind';

/** Whether an API version is not served. */
export function isUnserved({ rule }: Finding): boolean {
  return rule === `admission/${UNSERVED}`;
}

/** Why a release does not serve an API version, where it does not: versions of custom kinds have been removed. */
export function unservedAs({ apiVersion, kind }: ObjectId, kubernetes: KubernetesRelease): Unserved {
  const found = availability(kubernetes, apiVersion, kind);
  if (found === undefined) return 'removed';
  return found.status === 'served' ? 'off' : found.status;
}
