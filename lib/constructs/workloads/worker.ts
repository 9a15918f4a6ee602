import type { Construct } from 'constructs';
import type { Patches } from '../../kube/patches';
import { wordsOf } from '../core/fields';
import type { KubeObject } from '../core/object';
import type { Reporter } from '../core/problems';
import type { Shapes } from '../core/shape';
import type { Words } from '../core/shapes';
import { REVISION_FIELDS } from '../rollout/revisions';
import type { Replaced, ReplacedProps } from '../rollout/stepped';
import { orUsual, refuseFourth } from './fourth-argument';
import type { Storage } from './container/storage';
import type { ReplicatedProps } from './replicated';
import { Replicated, REPLICATED_SHAPES } from './replicated';
import { exposeMembers } from './trait';
import { COMMON_TRAITS, MONITORED_TRAITS, REPLICATED_TRAITS, WORKER_TRAITS } from './trait-lists';
import type { WorkloadKind } from './workload';
import { workloadShape } from './workload';

/** Props of a Worker. */
export interface WorkerProps extends ReplicatedProps, ReplacedProps {}

export const WORKER_SHAPES: Shapes<WorkerProps> = { ...REPLICATED_SHAPES, ...WORKER_TRAITS.shapes };

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
  traits: [...COMMON_TRAITS.list, ...REPLICATED_TRAITS.list, ...MONITORED_TRAITS.list, ...WORKER_TRAITS.list],
};

// eslint-disable-next-line @typescript-eslint/no-empty-object-type, @typescript-eslint/no-unused-vars -- exposeMembers gives these to the class
export interface Worker<P extends WorkerProps = WorkerProps> extends Replaced {}

/**
 * Interchangeable pods that nobody calls.
 *
 * | object | when | why |
 * |---|---|---|
 * | Deployment | always | runs the pods and replaces them step by step |
 */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging -- as above
export class Worker<P extends WorkerProps = WorkerProps> extends Replicated<Storage, P> {
  declare readonly object: KubeObject<Patches['Deployment']>;

  constructor(scope: Construct, id: string, props: P);
  /** @internal */
  // eslint-disable-next-line @typescript-eslint/unified-signatures -- this one is not in the declarations
  constructor(scope: Construct, id: string, props: P, kind?: WorkloadKind<P>);
  constructor(scope: Construct, id: string, props: P, kind?: WorkloadKind<P>) {
    const usual = WORKER as unknown as WorkloadKind<P>;
    super(scope, id, props, orUsual(kind, usual));
    refuseFourth(this, kind, usual);
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
    return {
      selector: { matchLabels: this.matchLabels },
      template: this.renderTemplate(report),
    };
  }
}

exposeMembers(Worker, WORKER_TRAITS.list);
