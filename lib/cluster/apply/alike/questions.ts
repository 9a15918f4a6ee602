import { grouped } from '../../../kube/grouped';
import { nearestRelease } from '../../../kube/schema';
import type { KubeObject, ObjectId } from '../../../manifest/manifest';
import type { Cluster } from '../../client/cluster';
import type { Target } from '../targets';
import type { Addressed } from '../write';
import { judgedIn, type Judged } from './judges';
import { mayApplyAll } from './permitted';
import { isPredictable } from './predictable';

/** As many dry runs must be spared, or each object is tried: in all, and of a kind in a namespace. */
export const WORTH = 100;
export const WORTH_A_PLACE = 10;

/** What is asked before one of many is tried. Each question is asked once, and may be asked before its answer is needed. */
export class Questions {
  readonly #cluster: Cluster;
  readonly #signal: AbortSignal | undefined;
  #judged: Promise<Judged | undefined> | undefined;
  readonly #permitted = new Map<string, Promise<boolean>>();

  constructor(cluster: Cluster, signal: AbortSignal | undefined) {
    this.#cluster = cluster;
    this.#signal = signal;
  }

  /** Who else judges what is created; undefined where that may be anybody. */
  judged(): Promise<Judged | undefined> {
    return (this.#judged ??= heard(judgedIn(this.#cluster, this.#signal)));
  }

  /** Whether the user may create all objects of the kind of one, in its namespace. */
  mayApplyAll({ resource, manifest: { id } }: Addressed): Promise<boolean> {
    const place = placeOf(id);
    const known = this.#permitted.get(place);
    if (known !== undefined) return known;
    const asked = heard(mayApplyAll(this.#cluster, resource, id.namespace, this.#signal));
    this.#permitted.set(place, asked);
    return asked;
  }

  /**
   * Asks about objects that are not there, if so many are that the answers may be needed, and resolves once the questions
   * are on their way: the server answers while the plan is made.
   */
  async askAhead(
    targets: readonly Target[],
    live: ReadonlyMap<string, KubeObject>,
    isCounted: (namespace: string) => boolean,
  ): Promise<void> {
    const candidates = targets.filter(
      (target): target is Addressed => !live.has(target.key) && mayBeAlike(target, isCounted),
    );
    if (!isKnownRelease(this.#cluster.version) || candidates.length <= WORTH) return;
    void this.judged();
    for (const inPlace of grouped(candidates, ({ manifest: { id } }) => placeOf(id)).values())
      if (inPlace[0] !== undefined && inPlace.length > WORTH_A_PLACE) void this.mayApplyAll(inPlace[0]);
    await new Promise(setImmediate);
  }
}

/** The kind of an object, with its namespace. */
export function placeOf({ apiVersion, kind, namespace = '' }: ObjectId): string {
  return `${apiVersion} ${kind} ${namespace}`;
}

/** Whether nothing but itself, and who is asked about, decides about creating an object. */
export function mayBeAlike(target: Target, isCounted: (namespace: string) => boolean): target is Addressed {
  const { resource, manifest } = target;
  return resource !== undefined && !isCounted(manifest.id.namespace ?? '') && isPredictable(manifest.object);
}

/** Whether the rules of a release are known here, and not only those of one near it. */
export function isKnownRelease(version: string): boolean {
  return version.replace(/^v/, '').startsWith(`${nearestRelease(version)}.`);
}

/** Nobody may come to wait for an answer: what is wrong with it is then nobody's matter. */
function heard<T>(answer: Promise<T>): Promise<T> {
  answer.catch(() => undefined);
  return answer;
}
