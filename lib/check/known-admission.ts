import type { Cluster } from '../graph/cluster';
import { jsonText } from '../manifest/json-text';
import type { KubeObject, Manifest } from '../manifest/manifest';
import type { Examined } from './admit-set';

/** What the verdict on one object follows from, apart from the object. */
interface Circumstances {
  /** Release, profile and options, as JSON. */
  readonly server: string;
  /** The objects of the CustomResourceDefinitions, in their order. */
  readonly definitions: readonly KubeObject[];
}

/** What came of objects, those that a construct made apart: what their definitions say counts for more. */
interface Verdicts {
  readonly circumstances: Circumstances;
  readonly made: WeakMap<KubeObject, Examined>;
  readonly others: WeakMap<KubeObject, Examined>;
}

/**
 * What API servers make of objects, kept for checks of sets that have the same objects again. Nothing may have changed an
 * object in between.
 */
export class KnownAdmission {
  #all: readonly Verdicts[] = [];
  #used = new Set<Verdicts>();

  /** Lets go of what the last check did not ask for. */
  begin(): void {
    this.#all = this.#all.filter((verdicts) => this.#used.has(verdicts));
    this.#used = new Set();
  }

  /** Examines the objects of a cluster, but for those whose verdict is known. */
  examinedIn(cluster: Cluster, strict: boolean): (manifest: Manifest, examine: () => Examined) => Examined {
    const verdicts = this.#under({ server: serverOf(cluster, strict), definitions: definitionsOf(cluster) });
    const own = new Set(cluster.set);
    return (manifest, examine) => {
      // Of what is assumed, nothing is found.
      if (!own.has(manifest)) return examine();
      const known = verdicts[manifest.origin?.construct === undefined ? 'others' : 'made'];
      const examined = known.get(manifest.object) ?? examine();
      known.set(manifest.object, examined);
      return examined;
    };
  }

  #under(circumstances: Circumstances): Verdicts {
    const known = this.#all.find((each) => isSame(each.circumstances, circumstances));
    const verdicts = known ?? { circumstances, made: new WeakMap(), others: new WeakMap() };
    if (known === undefined) this.#all = [...this.#all, verdicts];
    this.#used.add(verdicts);
    return verdicts;
  }
}

function serverOf({ version, profile }: Cluster, strict: boolean): string {
  return jsonText([version, strict, profile]);
}

function definitionsOf({ set, assumed }: Cluster): KubeObject[] {
  const definitions = [...set, ...assumed].filter(({ id }) => id.kind === 'CustomResourceDefinition');
  return definitions.map(({ object }) => object);
}

function isSame(a: Circumstances, b: Circumstances): boolean {
  return (
    a.server === b.server &&
    a.definitions.length === b.definitions.length &&
    a.definitions.every((object, index) => {
      const other = b.definitions[index];
      return object === other || (other !== undefined && jsonText(object) === jsonText(other));
    })
  );
}
