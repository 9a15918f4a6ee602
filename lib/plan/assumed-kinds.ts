import { Definitions, type DefinitionSource } from '../apiserver/admission/custom/definitions';
import type { CustomDefinition } from '../apiserver/admission/custom/definition';
import { judgeAs } from '../apiserver/admission/judge';
import { knownDefinition } from '../apiserver/admission/custom/known';
import type { Cluster } from '../graph/cluster';
import { releaseOfSoftware } from '../graph/releases';
import { knownKind, releaseOf, type KnownKind, type KnownRelease } from '../kube/custom/catalog';
import { software } from '../kube/custom/software';
import { groupOf, type KubernetesRelease } from '../kube/schema';
import type { KubeObject, ObjectId } from '../manifest/manifest';

/** A custom kind of well-known software whose definition neither side has. */
interface AssumedKind {
  readonly definition: CustomDefinition;
  /** The software with its release. */
  readonly by: string;
}

/**
 * The custom kinds of well-known software, by the release that the profile names. Where it names none, it is the newest one that
 * takes every object of the kind on both sides; a kind that none of them takes is not known, since the cluster may have another.
 */
export class AssumedKinds {
  readonly #sides: readonly [Cluster, ...Cluster[]];
  readonly #found = new Map<string, AssumedKind | undefined>();

  constructor(...sides: readonly [Cluster, ...Cluster[]]) {
    this.#sides = sides;
  }

  find(apiVersion: string, kind: string): AssumedKind | undefined {
    const key = `${groupOf(apiVersion)}/${kind}`;
    if (!this.#found.has(key)) this.#found.set(key, this.#read(groupOf(apiVersion), kind));
    return this.#found.get(key);
  }

  /** Whether whatever is found serves every object of the kind on both sides, which takes no look at them. */
  servesAll(apiVersion: string, kind: string): boolean {
    const [side] = this.#sides;
    const known = this.#known(groupOf(apiVersion), kind);
    return known !== undefined && releaseOfSoftware(side, known.software) === undefined;
  }

  #known(group: string, kind: string): KnownKind | undefined {
    const [{ profile }] = this.#sides;
    return knownKind(group, kind, profile.gatewayApi?.channel);
  }

  #read(group: string, kind: string): AssumedKind | undefined {
    const [side] = this.#sides;
    const { kubernetes } = side;
    const known = this.#known(group, kind);
    if (known === undefined) return undefined;
    const named = releaseOfSoftware(side, known.software);
    const release = named === undefined ? this.#newestFor(known, kubernetes) : releaseOf(known, named);
    if (release === undefined || release.versions.size === 0) return undefined;
    const by = `${software[known.software].name} ${release.release}`;
    return { definition: knownDefinition(known, release, kubernetes), by };
  }

  #newestFor(known: KnownKind, kubernetes: KubernetesRelease): KnownRelease | undefined {
    const objects = this.#objectsOf(known);
    const seen = new Set<unknown>();
    return known.releases.findLast((release) => {
      // Releases that do not differ are asked once.
      if (seen.has(release.versions)) return false;
      seen.add(release.versions);
      const definition = knownDefinition(known, release, kubernetes);
      return objects.every((object) => judgeAs(object, definition, kubernetes).violations.length === 0);
    });
  }

  /** Both sides share the objects whose text is the same. */
  #objectsOf({ group, kind }: KnownKind): readonly KubeObject[] {
    const objects = this.#sides.flatMap(({ set }) =>
      set.manifests
        .filter(({ id }) => id.kind === kind && groupOf(id.apiVersion) === group)
        .map(({ object }) => object),
    );
    return [...new Set(objects)];
  }
}

/** Whether a kind is one of well-known software. What is compared by structure all the same is as none of its releases takes it. */
export function isWellKnown({ apiVersion, kind }: Pick<ObjectId, 'apiVersion' | 'kind'>): boolean {
  return knownKind(groupOf(apiVersion), kind) !== undefined;
}

/** The custom kinds of a cluster: those of which there are definitions, and well-known ones. */
export class ClusterDefinitions extends Definitions {
  readonly #assumed: AssumedKinds;
  readonly #served = new Map<string, boolean>();

  constructor(kubernetes: KubernetesRelease, assumed: AssumedKinds, ...sources: readonly DefinitionSource[]) {
    super(kubernetes, ...sources);
    this.#assumed = assumed;
  }

  override find(apiVersion: string, kind: string): CustomDefinition | undefined {
    return super.find(apiVersion, kind) ?? this.#assumed.find(apiVersion, kind)?.definition;
  }

  /** Whether the server is known to serve every object of a kind that stands on either side. */
  servesAll(apiVersion: string, kind: string): boolean {
    const key = `${apiVersion} ${kind}`;
    let isServed = this.#served.get(key);
    if (isServed === undefined) {
      isServed = super.find(apiVersion, kind) === undefined && this.#assumed.servesAll(apiVersion, kind);
      this.#served.set(key, isServed);
    }
    return isServed;
  }

  /** The software with the release by which objects of a kind are read; `undefined` where there is a definition. */
  assumedFor(apiVersion: string, kind: string): string | undefined {
    return super.find(apiVersion, kind) === undefined ? this.#assumed.find(apiVersion, kind)?.by : undefined;
  }
}
