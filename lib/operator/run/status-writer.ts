import { SeaworthyError } from '../../errors';
import type { CustomResource, Outcome } from '../types';
import type { ReconcilerOptions, Reconciled } from './reconciled';
import type { Told } from './recorder';
import { CONTESTED } from './resource-client';

type Options = Pick<ReconcilerOptions, 'client' | 'recorder' | 'clock' | 'logic' | 'operator' | 'onStored'>;

/** Says in the cluster how far resources are: by their status, and by events. */
export class StatusWriter {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Writes the status of an outcome, unless it says so already, and an event where that is another than before. */
  async write(resource: CustomResource, outcome: Outcome, signal: AbortSignal): Promise<Reconciled> {
    const { client, clock, logic, onStored } = this.#options;
    const { state, reason, message } = outcome;
    const reconciled: Reconciled = { result: state, message: `${reason}: ${message}` };
    const next = logic.nextStatus(resource, outcome, new Date(clock.now()));
    if (JSON.stringify(sorted(next)) === JSON.stringify(sorted(resource.status))) return reconciled;
    const isNew = readyReason(next) !== readyReason(resource.status) || state === 'stalled';
    const isTold = isNew && !PASSING.has(reason) && !this.#isToldAlready(resource, outcome);
    const written = await client.status(resource, next, signal);
    if (written.refusal === undefined) onStored(written.object);
    // One that is gone, or another of its name, has nothing to be told.
    else if (written.refusal.code !== 404 && written.refusal.code !== 409)
      throw new Error(`cannot write the status: ${written.refusal.message}`);
    if (isTold) {
      const type = state === 'stalled' ? 'Warning' : 'Normal';
      await this.tell(resource, { type, reason, action: 'Reconcile', note: message }, signal);
    }
    return reconciled;
  }

  /** Whether a resource is ready from the beginning, and what was applied for it has been told: that says as much. */
  #isToldAlready(resource: CustomResource, { reason }: Outcome): boolean {
    const isFirst = resource.status?.conditions?.some(({ type }) => type === 'Ready') !== true;
    return reason === 'Ready' && isFirst && this.#options.recorder.hasTold(resource);
  }

  async tell(resource: CustomResource, told: Told, signal: AbortSignal): Promise<void> {
    await this.#options.recorder.tell(resource, told, signal);
  }

  /** Does something; what is refused, and stays so until somebody does something about it, is said of the resource. */
  async orRefused(
    resource: CustomResource,
    refusedAs: string,
    signal: AbortSignal,
    work: () => Promise<Reconciled>,
  ): Promise<Reconciled> {
    try {
      return await work();
    } catch (error) {
      if (signal.aborted || !(error instanceof SeaworthyError) || !LASTING.has(error.code)) throw error;
      const reason = error.code === 'CLUSTER_FORBIDDEN' ? 'Forbidden' : refusedAs;
      const { message } = error.problems[0];
      return {
        ...(await this.write(resource, { state: 'stalled', reason, message }, signal)),
        isFailure: true,
      };
    }
  }

  /** Another operator serves a resource: it is told once, and left alone. */
  async contested(resource: CustomResource, by: string, signal: AbortSignal): Promise<Reconciled> {
    const { operator, client } = this.#options;
    const message =
      `operator ${by} serves this resource, and ${operator} leaves it alone; to hand it over, ` +
      'remove its annotation seaworthy.dev/operated-by once the other one has stopped';
    if (!isContested(resource)) {
      await client.contest(resource, message, new Date(this.#options.clock.now()), signal);
      const told = {
        type: 'Warning',
        reason: 'OperatedByAnother',
        action: 'Reconcile',
        note: message,
      } as const;
      await this.tell(resource, told, signal);
    }
    return { result: 'left', message };
  }
}

/** Errors that do not pass by themselves. */
const LASTING: ReadonlySet<string> = new Set([
  'CLUSTER_FORBIDDEN',
  'CLUSTER_NOT_OURS',
  'INVALID_NAME',
  'USAGE',
]);

/** Reasons of what every resource goes through: the event of what was applied says more. */
const PASSING: ReadonlySet<string> = new Set(['Applying', 'Applied', 'WaitingForObjects']);

export function isContested({ status }: CustomResource): boolean {
  return (status?.conditions ?? []).some(({ type }) => (type as string) === CONTESTED);
}

function readyReason(status: CustomResource['status']): string {
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  return `${ready?.status ?? ''} ${ready?.reason ?? ''}`;
}

/** With conditions by type and keys by name: the server keeps its own order. */
function sorted(status: CustomResource['status']): unknown {
  if (status === undefined) return undefined;
  const conditions = (status.conditions ?? [])
    .filter(({ type }) => (type as string) !== CONTESTED)
    .map((condition) => Object.entries(condition).sort(byKey))
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  const entries = Object.entries({ ...status, conditions });
  return entries.filter(([, value]) => value !== undefined).sort(byKey);
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
