import { identityKey, type KubeObject, type ObjectId } from '../../manifest/manifest';
import type { Progress } from '../apply/types';
import type { Cluster } from '../client/cluster';
import { workloadStatus } from '../status/of';
import type { Evidence } from '../status/state';
import { accountOf } from './account';
import { Patience, type End } from './patience';
import type { Related } from './related';
import { settled } from './settled';
import { hasPods } from './sought';
import type { WaitOptions, WaitResult } from './types';
import { failed, progressing, type Settled } from './verdict';

const TIMEOUT = 300_000;

/** What is known of one object. */
interface Watched {
  readonly id: ObjectId;
  readonly patience: Patience;
  object: KubeObject | undefined;
  evidence: Evidence | undefined;
  settled: Settled;
  end: End | undefined;
}

/** What a look can rely on. */
export interface Sight {
  /** Whether all that is there has been told. */
  readonly isWhole: boolean;
  /** Why the server cannot be reached. */
  readonly unreachable: string | undefined;
}

/** Objects that are waited for, and what is known of them. */
export class Vigil {
  readonly #watched: readonly Watched[];
  #related: Related | undefined;

  /** @param began milliseconds since 1970 */
  constructor(ids: readonly ObjectId[], { timeout = TIMEOUT, timeouts = [] }: WaitOptions, began: number) {
    const own = new Map(timeouts.map((each) => [identityKey(each.id), each.timeout]));
    this.#watched = ids.map((id) => ({
      id,
      patience: new Patience(began, own.get(identityKey(id)) ?? timeout),
      object: undefined,
      evidence: undefined,
      settled: progressing('nothing is known of it yet'),
      end: undefined,
    }));
  }

  /** Whether all are ready, or one does not get ready. */
  get isOver(): boolean {
    return (
      this.#watched.every(({ end }) => end !== undefined) ||
      this.#watched.some(({ end }) => end !== undefined && end.state !== 'ready')
    );
  }

  /** When it has to be looked at the latest, in milliseconds since 1970. */
  get end(): number {
    return Math.min(
      ...this.#watched.flatMap(({ end, patience }) => (end === undefined ? [patience.end] : [])),
    );
  }

  /** Judges all objects anew. One that was ready stays so. */
  look(related: Related, { isWhole, unreachable }: Sight): void {
    this.#related = related;
    for (const each of this.#watched) {
      each.object = related.object(each.id);
      each.evidence = hasPods(each.id) ? related.evidence(each.id) : undefined;
      if (each.end !== undefined) continue;
      if (isWhole) each.settled = stateOf(each, related);
      if (unreachable !== undefined) each.settled = progressing(unreachable);
      each.end = each.patience.judge(each.settled, each.evidence, related.now);
    }
  }

  progress(): Progress[] {
    return this.#watched.map(({ id, settled: { state, message = '' }, end, evidence }) => ({
      id,
      state: end === undefined ? state : end.state === 'ready' ? 'ready' : 'failed',
      message,
      ...(evidence !== undefined && { status: workloadStatus(evidence, this.#related?.now ?? 0) }),
    }));
  }

  /** What it came to, by the identities that were given. */
  async results(cluster: Cluster): Promise<Map<ObjectId, WaitResult>> {
    const results = await Promise.all(this.#watched.map((each) => this.#result(cluster, each)));
    return new Map(results.map((result) => [result.id, result]));
  }

  async #result(cluster: Cluster, watched: Watched): Promise<WaitResult> {
    const { id, end, settled, object, evidence } = watched;
    const reason = settled.message;
    const told = reason === undefined ? {} : { reason };
    if (end === undefined) return { id, state: 'unfinished', ...told, lines: [] };
    const { state, rule } = end;
    if (rule === undefined || this.#related === undefined) return { id, state, ...told, lines: [] };
    const lines = await accountOf(cluster, object, this.#related, { reason: reason ?? '', evidence, rule });
    return { id, state, ...told, lines };
  }
}

function stateOf({ id, object }: Watched, related: Related): Settled {
  if (object !== undefined) return settled(object, related);
  return related.isUnread(id.kind)
    ? failed('this user may not read it, so that nothing is known of it')
    : progressing('is not in the cluster');
}
