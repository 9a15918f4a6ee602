import type { Construct } from 'constructs';
import type { Patches } from '../../kube/patches';
import type { Storage } from './container/storage';
import type { KubeObject } from '../core/object';
import type { Reporter } from '../core/problems';
import { below } from '../core/problems';
import { optional, integer } from '../core/props';
import type { ReplicatedProps } from './replicated';
import { Replicated, REPLICATED_SHAPES } from './replicated';
import type { RollingUpdate } from '../rollout/rolling-update';
import { renderRollingUpdate, ROLLING_UPDATE } from '../rollout/rolling-update';
import { REVISION_FIELDS } from '../rollout/revisions';
import { wordsOf } from '../core/fields';
import type { Shapes } from '../core/shape';
import type { Words } from '../core/shapes';
import { anyOf, choice, number } from '../core/shapes';
import { COMMON_TRAITS, MONITORED_TRAITS, REPLICATED_TRAITS } from './trait-lists';
import type { WorkloadKind } from './workload';
import { workloadShape } from './workload';

/** Props of a Worker. */
export interface WorkerProps extends ReplicatedProps {
  /**
   * How pods are replaced; `'recreate'` stops all before new ones start.
   * @default up to 25% more, and never fewer than desired
   */
  readonly rollout?: RollingUpdate | 'recreate';
  /** Seconds without progress after which a rollout has failed. @default 600, set by the API server */
  readonly progressDeadline?: number;
}

export const WORKER_SHAPES: Shapes<WorkerProps> = {
  ...REPLICATED_SHAPES,
  rollout: anyOf<RollingUpdate | 'recreate'>([choice(['recreate']), ROLLING_UPDATE], {
    hint: "Write it as { maxSurge: '25%' }, or 'recreate'.",
  }),
  progressDeadline: number,
};

/** What takes the place of the words of a Deployment. */
export const WORKER_WORDS: Words = {
  ...wordsOf(REVISION_FIELDS),
  progressDeadlineSeconds: '`progressDeadline`',
};

/** What distinguishes a Worker; a kind of Worker changes some of it. */
export const WORKER: WorkloadKind<WorkerProps> = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  shape: workloadShape<WorkerProps>(WORKER_SHAPES, WORKER_WORDS),
  traits: [...COMMON_TRAITS.list, ...REPLICATED_TRAITS.list, ...MONITORED_TRAITS.list],
};

/** Never below the desired number while pods are replaced. */
const ROLLOUT: RollingUpdate = { maxSurge: '25%', maxUnavailable: 0 };

/** Seconds, set by the API server (DeploymentSpec of apps/v1). */
const PROGRESS_DEADLINE = 600;

/**
 * Interchangeable pods that nobody calls.
 *
 * | object | when | why |
 * |---|---|---|
 * | Deployment | always | runs the pods and replaces them step by step |
 */
export class Worker<P extends WorkerProps = WorkerProps> extends Replicated<Storage, P> {
  declare readonly object: KubeObject<Patches['Deployment']>;

  constructor(scope: Construct, id: string, props: P);
  /** @internal */
  // eslint-disable-next-line @typescript-eslint/unified-signatures -- this one is not in the declarations
  constructor(scope: Construct, id: string, props: P, kind?: WorkloadKind<P>);
  constructor(scope: Construct, id: string, props: P, kind = WORKER as unknown as WorkloadKind<P>) {
    super(scope, id, props, kind);
  }

  /** The Deployment. */
  get deployment(): KubeObject<Patches['Deployment']> {
    return this.object;
  }

  /** Merges into the rendered Deployment; see KubeObject. */
  override override(patch: Patches['Deployment']): this {
    return super.override(patch);
  }

  /** @internal */
  protected override renderSpec(report: Reporter): Readonly<Record<string, unknown>> {
    const { rollout = ROLLOUT, progressDeadline, minReady = 0 } = this.props;
    if (minReady >= (progressDeadline ?? PROGRESS_DEADLINE)) {
      const message = 'must be greater than `minReady`';
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
      ...optional('progressDeadlineSeconds', integer(progressDeadline, 'progressDeadline', 1, report)),
    };
  }
}
