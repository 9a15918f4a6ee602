import { latestRelease, release } from '../kube/schema';
import type { KubernetesRelease } from '../kube/schema';
import type { Manifest } from '../manifest/manifest';
import type { ClusterProfile } from '../profiles/cluster-profile';
import { Scopes } from '../manifest/scopes';
import { ManifestSet } from '../manifest/set';
import type { Around, Elsewhere, Knowledge } from './around';

export interface ClusterOptions {
  /** Objects that are in the cluster already. @default none */
  readonly assume?: ManifestSet;
  /** The cluster's release. @default the profile's, else the newest that Seaworthy knows */
  readonly kubernetes?: string;
  /**
   * Objects that stand in other files of the folder under names of the set, by their keys: whoever applies the folder as a
   * whole gets the last ones.
   *
   * @internal
   */
  readonly alternatives?: ReadonlyMap<string, Manifest>;
  /**
   * What was read beside the set, and may be applied to the same cluster.
   *
   * @internal
   */
  readonly around?: Around;
  /**
   * What other files of the project say.
   *
   * @internal
   */
  readonly elsewhere?: Elsewhere;
  /**
   * How much is known of the cluster, where it was read.
   *
   * @internal
   */
  readonly knowledge?: Knowledge;
}

/** What rules look at: the objects for one cluster, and what is known of that cluster. */
export class Cluster {
  /** The environment that the objects are for; nothing where they name none. */
  readonly environment: string | undefined;
  /** The objects to judge. */
  readonly set: ManifestSet;
  /** Objects that may be referred to, and are not judged. */
  readonly assumed: ManifestSet;
  readonly kubernetes: KubernetesRelease;
  /**
   * The release as it was named, with the patch release if that was.
   *
   * @internal
   */
  readonly version: string;
  readonly profile: ClusterProfile;
  /** @internal */
  readonly alternatives: ReadonlyMap<string, Manifest>;
  /** @internal */
  readonly around: Around | undefined;
  /** @internal */
  readonly elsewhere: Elsewhere | undefined;
  /** @internal */
  readonly knowledge: Knowledge | undefined;
  #scopes: Scopes | undefined;
  readonly #derived = new Map<object, unknown>();

  /** @throws SeaworthyError UNKNOWN_KUBERNETES */
  constructor(
    set: ManifestSet,
    profile: ClusterProfile = {},
    options: ClusterOptions & { readonly environment?: string | undefined } = {},
  ) {
    this.environment = options.environment;
    this.set = set;
    this.assumed = options.assume ?? ManifestSet.from([]);
    this.profile = profile;
    this.alternatives = options.alternatives ?? new Map();
    this.around = options.around;
    this.elsewhere = options.elsewhere;
    this.knowledge = options.knowledge;
    const asked = options.kubernetes ?? profile.kubernetes;
    this.version = String(asked ?? latestRelease);
    this.kubernetes = asked === undefined ? latestRelease : release(asked);
  }

  /**
   * Which kinds live in no namespace, by the definitions that the cluster has and gets.
   *
   * @internal
   */
  get scopes(): Scopes {
    this.#scopes ??= new Scopes([...this.set, ...this.assumed].map(({ object }) => object));
    return this.#scopes;
  }

  /**
   * What `derive` makes of this cluster, made once and shared by all rules: an index, the graph of references.
   * Functions are distinguished by identity, so that it has to be a named one.
   */
  derived<T>(derive: (cluster: Cluster) => T): T {
    const known = this.#derived.get(derive);
    if (known !== undefined || this.#derived.has(derive)) return known as T;
    const made = derive(this);
    this.#derived.set(derive, made);
    return made;
  }
}
