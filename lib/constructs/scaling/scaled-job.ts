import type { Construct } from 'constructs';
import type { Patches } from '../../kube/patches';
import type { KubeObject } from '../core/object';
import type { Reporter } from '../core/problems';
import type { TaskProps } from '../workloads/task';
import { Task, TASK_SHAPES, TASK_WORDS } from '../workloads/task';
import { exposeMembers } from '../workloads/trait';
import type { ScaledJobTraitProps, ScaledJobTraits } from '../workloads/trait-lists';
import { COMMON_TRAITS, SCALED_JOB_TRAITS } from '../workloads/trait-lists';
import { workloadShape } from '../workloads/workload';

/** Props of a ScaledJob. */
export interface ScaledJobProps extends Omit<TaskProps, 'suspend'>, ScaledJobTraitProps {}

/** What an override of a ScaledJob may hold. */
export type ScaledJobPatch = Readonly<Record<string, unknown>> & {
  readonly metadata?: Patches['meta/v1.ObjectMeta'] | null;
  readonly spec?:
    (Readonly<Record<string, unknown>> & { readonly jobTargetRef?: Patches['Job']['spec'] }) | null;
};

const { suspend: _, ...SHAPES } = TASK_SHAPES;

const PROPS = workloadShape<ScaledJobProps>(
  { ...SHAPES, ...SCALED_JOB_TRAITS.shapes },
  {
    ...TASK_WORDS,
    triggers: '`on`',
    jobTargetRef: 'the props of the task',
    minReplicaCount: '`min`',
    maxReplicaCount: '`max`',
    pollingInterval: '`polling`',
    scalingStrategy: '`counting`',
    successfulJobsHistoryLimit: '`successfulHistory`',
    failedJobsHistoryLimit: '`failedHistory`',
  },
);

// eslint-disable-next-line @typescript-eslint/no-empty-object-type, @typescript-eslint/no-unsafe-declaration-merging -- exposeMembers gives these to the class
export interface ScaledJob extends ScaledJobTraits {}

/**
 * A task that runs once for each item of a queue: KEDA makes a Job for it, which runs to its end and is never scaled down.
 * `installed` of the profile has to name `keda`.
 *
 * | object | when | why |
 * |---|---|---|
 * | ScaledJob | always | makes KEDA create Jobs for the items of the sources |
 */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging -- as above
export class ScaledJob extends Task<ScaledJobProps> {
  declare readonly object: KubeObject<ScaledJobPatch>;

  constructor(scope: Construct, id: string, props: ScaledJobProps) {
    super(scope, id, props, {
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'ScaledJob',
      shape: PROPS,
      traits: [...COMMON_TRAITS.list, ...SCALED_JOB_TRAITS.list],
    });
  }

  /** The ScaledJob. */
  get scaledJob(): KubeObject<ScaledJobPatch> {
    return this.object;
  }

  /** Merges into the rendered ScaledJob; see KubeObject. */
  override override(patch: ScaledJobPatch): this {
    return super.override(patch);
  }

  /** @internal */
  protected override renderSpec(report: Reporter): Readonly<Record<string, unknown>> {
    return { jobTargetRef: this.renderJobSpec(report) };
  }
}

exposeMembers(ScaledJob, SCALED_JOB_TRAITS.list);
