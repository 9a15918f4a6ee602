import { numberAt, recordsAt, textAt } from '../fields';
import { awaited, type Evidence } from '../status/state';
import type { Settled } from './verdict';

/** Restarts of a container after which it is not waited for: with a kubelet's pauses, after more than a minute. */
const RESTARTS = 3;

/** Milliseconds for which an image or a pod may be refused, without any progress. */
const STUCK = 60_000;

/** The end of a wait for one object. */
export interface End {
  readonly state: 'ready' | 'failed' | 'late';
  /** By which rule, in a sentence; absent for one that is ready. */
  readonly rule?: string;
}

/** How long one object is waited for, by what becomes of it. */
export class Patience {
  readonly #began: number;
  readonly #timeout: number;
  /** Restarts of each container when it was first seen, by pod and container. */
  readonly #restarts = new Map<string, number>();
  #stuck: { readonly since: number; readonly numbers: string } | undefined;

  /**
   * @param began milliseconds since 1970
   * @param timeout milliseconds
   */
  constructor(began: number, timeout: number) {
    this.#began = began;
    this.#timeout = timeout;
  }

  /** Whether the wait is over; it is asked at every change, and from time to time. */
  judge(settled: Settled, evidence: Evidence | undefined, now: number): End | undefined {
    if (settled.state === 'ready') return { state: 'ready' };
    if (settled.state === 'failed')
      return { state: 'failed', rule: 'Given up, since waiting does not help.' };
    const restarts = this.#crashes(evidence);
    if (settled.outlook === 'crashing' && restarts !== undefined)
      return { state: 'failed', rule: `Given up after ${restarts} restarts.` };
    if (settled.outlook === 'stuck' && this.#stuckFor(evidence, now) >= STUCK)
      return { state: 'failed', rule: `Given up, since nothing has changed for ${seconds(STUCK)}.` };
    if (settled.outlook !== 'stuck') this.#stuck = undefined;
    if (now - this.#began < this.#timeout) return undefined;
    return { state: 'late', rule: `Not ready within ${seconds(this.#timeout)}.` };
  }

  /** When it has to be asked at the latest, in milliseconds since 1970. */
  get end(): number {
    const stuck = this.#stuck === undefined ? Infinity : this.#stuck.since + STUCK;
    return Math.min(this.#began + this.#timeout, stuck);
  }

  /**
   * How often a container was restarted, if that is too often: it must have crashed since the wait began, as what was wrong
   * before may have been mended. How often a Job tries is its own to say.
   */
  #crashes(evidence: Evidence | undefined): number | undefined {
    let most: number | undefined;
    if (evidence === undefined || evidence.root.id.kind === 'Job') return undefined;
    for (const { pod, reason } of awaited(evidence)) {
      for (const list of ['initContainerStatuses', 'containerStatuses']) {
        for (const status of recordsAt(pod, 'status', list)) {
          const key = `${String(pod.metadata['uid'])} ${textAt(status, 'name')}`;
          const count = numberAt(status, 'restartCount') ?? 0;
          const first = this.#restarts.get(key) ?? count;
          this.#restarts.set(key, first);
          const isCrashing = reason?.outlook === 'crashing' && reason.crashed?.container === status['name'];
          if (isCrashing && count >= RESTARTS && count > first) most = Math.max(most ?? 0, count);
        }
      }
    }
    return most;
  }

  /** Milliseconds for which nothing has come on. */
  #stuckFor(evidence: Evidence | undefined, now: number): number {
    const numbers = JSON.stringify(evidence?.numbers ?? {});
    if (this.#stuck?.numbers !== numbers) this.#stuck = { since: now, numbers };
    return now - this.#stuck.since;
  }
}

function seconds(milliseconds: number): string {
  const whole = Math.round(milliseconds / 1000);
  return whole >= 60 && whole % 60 === 0 ? `${whole / 60}m` : `${whole}s`;
}
