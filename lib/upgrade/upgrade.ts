import { clustersOf } from '../graph/clusters';
import type { Cluster } from '../graph/cluster';
import { releases, type KubernetesRelease } from '../kube/schema';
import { readOptions } from '../manifest/foreign';
import type { Manifest } from '../manifest/manifest';
import { checkedSet, type ManifestSet } from '../manifest/set';
import { refuseContested } from './contested';
import { changeOf, changesOf, isRefused } from './changes';
import { Judges, type Judged } from './judged';
import { releasesBetween, skewOf } from './path';
import type { Upgrade, UpgradeChange, UpgradedCluster, UpgradedObject } from './result';

/** What is upgraded, and how far. */
export interface UpgradeOptions {
  /** The release of the cluster: `1.31`. @default that of the profile of each environment */
  readonly from?: string;
  /** The release to upgrade to. @default the newest that Seaworthy knows */
  readonly to?: string;
  /** Whether to judge every known release, from the oldest on, instead of a range. @default false */
  readonly all?: boolean;
  /** The release of the nodes, where they stay behind the control plane. @default they are upgraded with it */
  readonly nodes?: string;
  /** Objects that are in the cluster already, such as CRDs. They are not judged. @default none */
  readonly assume?: ManifestSet;
}

/**
 * Rehearses the upgrade of the clusters that the objects of a set are for: what each release on the way makes of each
 * object, and what changes for it.
 *
 * @throws SeaworthyError UNKNOWN_KUBERNETES for an unknown release; INVALID_UPGRADE for a range backwards, and where neither
 * `from` nor a profile names the release of a cluster; AMBIGUOUS for definitions in `assume` that differ; NOT_AN_OBJECT for what is
 * no set
 */
export function upgrade(set: ManifestSet, options: UpgradeOptions = {}): Upgrade {
  const {
    from,
    to,
    all = false,
    nodes,
    assume,
  } = readOptions(options, ['from', 'to', 'all', 'nodes', 'assume']);
  const clusters = clustersOf(checkedSet(set, 'set'), assume === undefined ? {} : { assume });
  refuseContested([...(assume ?? [])]);
  // Before any work: what is wrong with one environment is wrong with the run.
  const paths = clusters.map(({ environment, profile }) => {
    const place = environment === undefined ? 'the cluster' : `environment ${environment}`;
    const path = all ? releases : releasesBetween(from ?? profile.kubernetes, to, place);
    return { path, skew: skewOf(nodes, path) };
  });
  return {
    clusters: clusters.map((cluster, index) => {
      const { path, skew } = paths[index] ?? { path: [], skew: [] };
      return { ...upgradedCluster(cluster, path), skew };
    }),
  };
}

function upgradedCluster(
  cluster: Cluster,
  path: readonly KubernetesRelease[],
): Omit<UpgradedCluster, 'skew'> {
  const ways = new Map([...cluster.set].map((manifest) => [manifest, new Way(manifest)] as const));
  const judges = new Judges(cluster);
  for (const kubernetes of path) {
    const judged = judges.in(kubernetes);
    for (const [manifest, way] of ways) {
      const now = judged.get(manifest);
      if (now !== undefined) way.step(kubernetes, now);
    }
  }
  const { environment } = cluster;
  const objects = [...ways.values()].map((way) => way.end());
  return { ...(environment !== undefined && { environment }), releases: path, objects };
}

/** One object on its way. Only what the last release made of it is kept. */
class Way {
  readonly #manifest: Manifest;
  readonly #verdicts = new Map<KubernetesRelease, Judged['verdict']>();
  readonly #already: UpgradeChange[] = [];
  readonly #changes: UpgradeChange[] = [];
  readonly #accepted: KubernetesRelease[] = [];
  #last: { readonly kubernetes: KubernetesRelease; readonly judged: Judged } | undefined;

  constructor(manifest: Manifest) {
    this.#manifest = manifest;
  }

  step(kubernetes: KubernetesRelease, judged: Judged): void {
    this.#verdicts.set(kubernetes, judged.verdict);
    if (!isRefused(judged)) this.#accepted.push(kubernetes);
    if (this.#last === undefined)
      this.#already.push(...judged.findings.flatMap((finding) => changeOf(finding, kubernetes) ?? []));
    else
      this.#changes.push(
        ...changesOf(this.#manifest, this.#last.judged, judged, {
          before: this.#last.kubernetes,
          kubernetes,
        }),
      );
    this.#last = { kubernetes, judged };
  }

  end(): UpgradedObject {
    const { id, origin } = this.#manifest;
    const [first] = this.#accepted;
    const last = this.#accepted.at(-1);
    return {
      id,
      ...(origin !== undefined && { origin }),
      verdicts: this.#verdicts,
      ...(first !== undefined && { first }),
      ...(last !== undefined && { last }),
      already: this.#already,
      changes: this.#changes,
    };
  }
}
