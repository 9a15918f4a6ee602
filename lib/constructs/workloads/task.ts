import type { Construct } from 'constructs';
import type { Fields } from '../core/fields';
import { asInteger, asIs, asOneOf, renderFields, shapesOf, wordsOf } from '../core/fields';
import type { Reporter } from '../core/problems';
import type { Shapes } from '../core/shape';
import type { Words } from '../core/shapes';
import { choice, flag, kubernetesObject } from '../core/shapes';
import type { Storage } from './container/storage';
import { COMMON_TRAITS } from './trait-lists';
import type { WorkloadKind, WorkloadProps } from './workload';
import { Workload, WORKLOAD_SHAPES } from './workload';

/** How many pods run to completion, and how often and how long they are tried. */
export interface CompletionProps {
  /** Number of pods that must succeed. @default 1 */
  readonly completions?: number;
  /** Number of pods that run at a time. @default 1 */
  readonly parallelism?: number;
  /** Whether each pod has an index. @default 'NonIndexed', set by the API server */
  readonly completionMode?: 'NonIndexed' | 'Indexed';
  /** Number of retries before the task has failed. @default 6, set by the API server */
  readonly backoffLimit?: number;
  /** Seconds after which the task has failed. @default not limited */
  readonly activeDeadline?: number;
  /** Seconds that a finished Job is kept. @default for ever; a CronJob keeps the last few */
  readonly timeToLive?: number;
  /** What failures of pods mean, as PodFailurePolicy of batch/v1. @default each counts as a retry */
  readonly podFailurePolicy?: Readonly<Record<string, unknown>>;
}

const COMPLETION: Fields<CompletionProps> = {
  completions: asInteger('completions', 0),
  parallelism: asInteger('parallelism', 0),
  completionMode: asOneOf('completionMode', ['NonIndexed', 'Indexed']),
  backoffLimit: asInteger('backoffLimit', 0),
  activeDeadline: asInteger('activeDeadlineSeconds', 1),
  timeToLive: asInteger('ttlSecondsAfterFinished', 0),
  podFailurePolicy: asIs('podFailurePolicy', kubernetesObject),
};

/** Props of a task. */
export interface TaskProps extends WorkloadProps, CompletionProps {
  /** Whether a failed container fails its pod ('Never') or restarts in it ('OnFailure'). @default 'Never' */
  readonly restartPolicy?: 'Never' | 'OnFailure';
  /** Whether it is suspended and waits to be started by hand. @default false */
  readonly suspend?: boolean;
}

export const TASK_SHAPES: Shapes<TaskProps> = {
  ...WORKLOAD_SHAPES,
  ...shapesOf(COMPLETION),
  restartPolicy: choice(['Never', 'OnFailure']),
  suspend: flag,
};

/** What takes the place of the words of a Job. */
export const TASK_WORDS: Words = wordsOf(COMPLETION);

/** Pods that run to completion. */
export abstract class Task<P extends TaskProps> extends Workload<Storage, P> {
  /** @internal */
  constructor(
    scope: Construct,
    id: string,
    props: P,
    kind: Omit<WorkloadKind<P>, 'traits'> & Partial<Pick<WorkloadKind<P>, 'traits'>>,
  ) {
    super(scope, id, props, { traits: COMMON_TRAITS.list, ...kind });
  }

  /** @internal */
  protected override get restartPolicy(): 'Never' | 'OnFailure' {
    return this.props.restartPolicy ?? 'Never';
  }

  /** `spec` of a Job. It has no selector: the controller generates one that matches no other Job. @internal */
  protected renderJobSpec(report: Reporter): Readonly<Record<string, unknown>> {
    checkTask(this.props, report);
    return {
      template: this.renderTemplate(report),
      ...renderFields<CompletionProps>(this.props, COMPLETION, report),
    };
  }
}

/** Source: validateJobSpec and validatePodFailurePolicy of batch/v1. */
function checkTask(
  { restartPolicy, completionMode, completions, podFailurePolicy }: TaskProps,
  report: Reporter,
): void {
  if (completionMode === 'Indexed' && completions === undefined) {
    const message = 'Required value: an Indexed Job needs a number of completions';
    report({ code: 'MISSING_PROP', path: 'completions', message });
  }
  if (podFailurePolicy !== undefined && restartPolicy === 'OnFailure') {
    const message = 'Forbidden: only allowed with restartPolicy "Never"';
    report({ code: 'INVALID_PROP', path: 'podFailurePolicy', message });
  }
}
