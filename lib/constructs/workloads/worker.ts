import type { Construct } from 'constructs';
import type { Storage } from './container/storage';
import type { Reporter } from '../core/problems';
import { below } from '../core/problems';
import type { Keys } from '../core/props';
import { optional, wholeNumber } from '../core/props';
import type { ReplicatedProps } from './replicated';
import { Replicated, REPLICATED_KEYS } from './replicated';
import type { RollingUpdate } from '../rollout/rolling-update';
import { renderRollingUpdate } from '../rollout/rolling-update';
import { REPLICATED_TRAITS } from './trait-lists';
import type { WorkloadKind } from './workload';

/** What a Worker is made with. */
export interface WorkerProps extends ReplicatedProps {
  /**
   * How pods are replaced: `'recreate'` ends all before new ones start.
   * @default up to a quarter more, never fewer than asked for
   */
  readonly rollout?: RollingUpdate | 'recreate';
  /** Seconds without progress after which a rollout counts as failed. @default 600, as the API server fills in */
  readonly progressDeadline?: number;
}

export const WORKER_KEYS: Keys<WorkerProps> = { ...REPLICATED_KEYS, rollout: true, progressDeadline: true };

/** Never below strength while pods are replaced. */
const ROLLOUT: RollingUpdate = { maxSurge: '25%', maxUnavailable: 0 };

/** Seconds, as the API server fills in (apps/v1 DeploymentSpec). */
const PROGRESS_DEADLINE = 600;

/** Like pods that nobody calls: a Deployment, its ServiceAccount, and a budget from two replicas on. */
export class Worker<P extends WorkerProps = WorkerProps> extends Replicated<Storage, P> {
  constructor(scope: Construct, id: string, props: P, about: Partial<WorkloadKind<P>> = {}) {
    super(scope, id, props, {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      keys: WORKER_KEYS as Keys<P>,
      traits: REPLICATED_TRAITS.list,
      ...about,
    });
  }

  protected override renderSpec(report: Reporter): Readonly<Record<string, unknown>> {
    const { rollout = ROLLOUT, progressDeadline, minReady = 0 } = this.props;
    if (minReady >= (progressDeadline ?? PROGRESS_DEADLINE)) {
      const message = 'must be longer than a new pod has to stay ready (`minReady`)';
      report({ code: 'INVALID_PROP', path: 'progressDeadline', message });
    }
    const strategy =
      rollout === 'recreate'
        ? { type: 'Recreate' }
        : { type: 'RollingUpdate', rollingUpdate: renderRollingUpdate(rollout, below('rollout', report)) };
    return {
      strategy,
      selector: { matchLabels: this.matchLabels },
      template: this.renderTemplate(report),
      ...optional('progressDeadlineSeconds', wholeNumber(progressDeadline, 'progressDeadline', 1, report)),
    };
  }
}
