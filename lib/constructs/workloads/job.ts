import type { Construct } from 'constructs';
import type { KubeObject as PlainObject } from '../../manifest/manifest';
import type { Storage } from './container/storage';
import { HASHED_NAME_LENGTH, namedByContent } from '../core/content-hash';
import { NAME_LENGTH } from '../core/names';
import type { Reporter } from '../core/problems';
import { report } from '../core/problems';
import type { Keys } from '../core/props';
import { oneOfKnown, optional, integer } from '../core/props';
import type { WorkloadKind, WorkloadProps } from './workload';
import { Workload, WORKLOAD_KEYS } from './workload';

/** Props of a task: how often and how long it is tried. */
export interface TaskProps extends WorkloadProps {
  /** Whether a failed container fails its pod ('Never') or restarts in it ('OnFailure'). @default 'Never' */
  readonly restartPolicy?: 'Never' | 'OnFailure';
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
  /** Whether it is suspended and waits to be started by hand. @default false */
  readonly suspend?: boolean;
}

export const TASK_KEYS: Keys<TaskProps> = {
  ...WORKLOAD_KEYS,
  restartPolicy: true,
  completions: true,
  parallelism: true,
  completionMode: true,
  backoffLimit: true,
  activeDeadline: true,
  timeToLive: true,
  podFailurePolicy: true,
  suspend: true,
};

/** Pods that run to completion. */
export abstract class Task<P extends TaskProps> extends Workload<Storage, P> {
  /** @internal */
  constructor(scope: Construct, id: string, props: P, kind: WorkloadKind<P>) {
    super(scope, id, props, { restartPolicy: props.restartPolicy ?? 'Never', ...kind });
  }

  /** `spec` of a Job. It has no selector: the controller generates one that matches no other Job. @internal */
  protected renderJobSpec(report: Reporter): Readonly<Record<string, unknown>> {
    const { props } = this;
    oneOfKnown(props.restartPolicy, ['Never', 'OnFailure'], 'restartPolicy', report);
    oneOfKnown(props.completionMode, ['NonIndexed', 'Indexed'], 'completionMode', report);
    if (props.completionMode === 'Indexed' && props.completions === undefined)
      report({
        code: 'MISSING_PROP',
        path: 'completions',
        message: 'Required value: an Indexed Job needs a number of completions',
      });
    if (props.podFailurePolicy !== undefined && props.restartPolicy === 'OnFailure')
      report({
        code: 'INVALID_PROP',
        path: 'podFailurePolicy',
        message: 'Forbidden: only allowed with restartPolicy "Never"',
      });
    const count = (
      key: 'completions' | 'parallelism' | 'backoffLimit' | 'activeDeadline' | 'timeToLive',
      least: number,
    ) => integer(props[key], key, least, report);
    return {
      template: this.renderTemplate(report),
      ...optional('completions', count('completions', 0)),
      ...optional('parallelism', count('parallelism', 0)),
      ...optional('completionMode', props.completionMode),
      ...optional('backoffLimit', count('backoffLimit', 0)),
      ...optional('activeDeadlineSeconds', count('activeDeadline', 1)),
      ...optional('ttlSecondsAfterFinished', count('timeToLive', 0)),
      ...optional('podFailurePolicy', props.podFailurePolicy),
    };
  }
}

/** Props of a Job. */
export interface JobProps extends TaskProps {
  /**
   * Whether a change makes another Job, which runs. The pod template of a Job is immutable, so its name ends in a hash of
   * its spec. With `false` the name stays, and the old Job must be deleted before a change. @default true
   */
  readonly rerunOnChange?: boolean;
}

const KEYS: Keys<JobProps> = { ...TASK_KEYS, rerunOnChange: true };

/**
 * A task that runs once, such as a migration.
 *
 * | object | when | why |
 * |---|---|---|
 * | Job | always | runs the pods until enough have succeeded |
 */
export class Job extends Task<JobProps> {
  constructor(scope: Construct, id: string, props: JobProps) {
    const { rerunOnChange: rerun = true, completionMode, completions = 1 } = props;
    // The pods of an Indexed Job are named after it and their index, which must be a DNS label.
    const indexed = completionMode === 'Indexed';
    const number = indexed ? `-${completions - 1}`.length : 0;
    super(scope, id, props, {
      apiVersion: 'batch/v1',
      kind: 'Job',
      keys: KEYS,
      maxName: (rerun ? HASHED_NAME_LENGTH : NAME_LENGTH) - number,
      ...(rerun ? { finish: (object: PlainObject) => namedByContent(object, object['spec']) } : {}),
    });
    if (indexed && this.name.includes('.')) {
      const message = `Invalid value: "${this.name}": must not contain dots, since it becomes part of host names`;
      report(this, { code: 'INVALID_NAME', path: 'name', message });
    }
  }

  /** @internal */
  protected override renderSpec(report: Reporter): Readonly<Record<string, unknown>> {
    return { ...this.renderJobSpec(report), ...optional('suspend', this.props.suspend) };
  }
}
