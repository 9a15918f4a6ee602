import type { Construct } from 'constructs';
import type { KubeObject as PlainObject } from '../../manifest/manifest';
import type { Storage } from './container/storage';
import { HASHED_NAME_LENGTH, namedByContent } from '../core/content-hash';
import { NAME_LENGTH } from '../core/names';
import type { Reporter } from '../core/problems';
import { report } from '../core/problems';
import type { Keys } from '../core/props';
import { oneOfKnown, optional, wholeNumber } from '../core/props';
import type { WorkloadKind, WorkloadProps } from './workload';
import { Workload, WORKLOAD_KEYS } from './workload';

/** How often and how long a task is tried. */
export interface TaskProps extends WorkloadProps {
  /** What a failed container does: its pod fails, or it starts again in the same pod. @default 'Never' */
  readonly restartPolicy?: 'Never' | 'OnFailure';
  /** How many pods have to end well. @default 1 */
  readonly completions?: number;
  /** How many pods run at a time. @default 1 */
  readonly parallelism?: number;
  /** Whether each pod has a number of its own. @default 'NonIndexed', as the API server fills in */
  readonly completionMode?: 'NonIndexed' | 'Indexed';
  /** How many failures are borne. @default 6, as the API server fills in */
  readonly backoffLimit?: number;
  /** Seconds after which it counts as failed. @default never */
  readonly activeDeadline?: number;
  /** Seconds after its end that it is kept. @default for ever; a CronJob keeps the last few */
  readonly timeToLive?: number;
  /** What failures mean, as the API has it. @default all count alike */
  readonly podFailurePolicy?: Readonly<Record<string, unknown>>;
  /** Whether it waits to be started by hand. @default false */
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

/** Pods that run to an end. */
export abstract class Task<P extends TaskProps> extends Workload<Storage, P> {
  constructor(scope: Construct, id: string, props: P, kind: WorkloadKind<P>) {
    super(scope, id, props, { restartPolicy: props.restartPolicy ?? 'Never', ...kind });
  }

  /** `spec` of a Job. It has no selector: the controller makes one that fits no other Job. */
  protected renderJobSpec(report: Reporter): Readonly<Record<string, unknown>> {
    const { props } = this;
    oneOfKnown(props.restartPolicy, ['Never', 'OnFailure'], 'restartPolicy', report);
    oneOfKnown(props.completionMode, ['NonIndexed', 'Indexed'], 'completionMode', report);
    if (props.completionMode === 'Indexed' && props.completions === undefined)
      report({ code: 'MISSING_PROP', path: 'completions', message: 'numbered pods need a count of them' });
    if (props.podFailurePolicy !== undefined && props.restartPolicy === 'OnFailure')
      report({
        code: 'INVALID_PROP',
        path: 'podFailurePolicy',
        message: 'goes only with the restartPolicy Never',
      });
    const count = (
      key: 'completions' | 'parallelism' | 'backoffLimit' | 'activeDeadline' | 'timeToLive',
      least: number,
    ) => wholeNumber(props[key], key, least, report);
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

/** What a Job is made with. */
export interface JobProps extends TaskProps {
  /**
   * Whether a change makes another Job that runs. The cluster lets no one change the pods of a Job, so its name ends in
   * a hash of what it does. With `false` the name stays, and a change needs the old Job deleted first. @default true
   */
  readonly rerunOnChange?: boolean;
}

const KEYS: Keys<JobProps> = { ...TASK_KEYS, rerunOnChange: true };

/** Something to be done once, such as a migration: a Job and its ServiceAccount. */
export class Job extends Task<JobProps> {
  constructor(scope: Construct, id: string, props: JobProps) {
    const { rerunOnChange: rerun = true, completionMode, completions = 1 } = props;
    // The pods of an Indexed Job are called by its name and their number, which has to be a DNS label.
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
      const message = `"${this.name}" would be part of host names, which take no dots`;
      report(this, { code: 'INVALID_NAME', path: 'name', message });
    }
  }

  protected override renderSpec(report: Reporter): Readonly<Record<string, unknown>> {
    return { ...this.renderJobSpec(report), ...optional('suspend', this.props.suspend) };
  }
}
