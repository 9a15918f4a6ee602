import type { Construct } from 'constructs';
import type { Patches } from '../../kube/patches';
import { scheduleProblem, timeZoneProblem } from '../../kube/cron';
import { kubernetesOf } from '../core/environment';
import type { TaskProps } from './task';
import { Task, TASK_SHAPES, TASK_WORDS } from './task';
import { workloadShape } from './workload';
import type { Fields } from '../core/fields';
import { asInteger, asIs, asOneOf, renderFields, shapesOf, wordsOf } from '../core/fields';
import type { KubeObject } from '../core/object';
import type { Reporter } from '../core/problems';
import { optional } from '../core/props';
import { text } from '../core/shapes';

/** When a task runs, and how many of its runs are kept. */
export interface ScheduleProps {
  /** When it runs, in cron syntax: `0 3 * * *`, `@daily`. */
  readonly schedule: string;
  /** Time zone of the schedule: `Europe/Berlin`. @default that of the controller, mostly UTC */
  readonly timeZone?: string;
  /** What happens when the previous run is not done. @default 'Forbid': the new run is skipped */
  readonly concurrency?: 'Allow' | 'Forbid' | 'Replace';
  /** Seconds that a run may start late before it is skipped. @default not limited */
  readonly startingDeadline?: number;
  /** Number of successful runs that are kept. @default 3, set by the API server */
  readonly successfulHistory?: number;
  /** Number of failed runs that are kept. @default 1, set by the API server */
  readonly failedHistory?: number;
}

const SCHEDULE: Fields<ScheduleProps> = {
  schedule: asIs('schedule', text),
  timeZone: asIs('timeZone', text),
  concurrency: asOneOf('concurrencyPolicy', ['Allow', 'Forbid', 'Replace']),
  startingDeadline: asInteger('startingDeadlineSeconds', 0),
  successfulHistory: asInteger('successfulJobsHistoryLimit', 0),
  failedHistory: asInteger('failedJobsHistoryLimit', 0),
};

/** Props of a CronJob. */
export interface CronJobProps extends TaskProps, ScheduleProps {}

const PROPS = workloadShape<CronJobProps>(
  { ...TASK_SHAPES, ...shapesOf(SCHEDULE) },
  { ...TASK_WORDS, ...wordsOf(SCHEDULE), jobTemplate: 'the props of the task' },
);

/**
 * A task that runs on a schedule.
 *
 * | object | when | why |
 * |---|---|---|
 * | CronJob | always | creates a Job for each run |
 */
export class CronJob extends Task<CronJobProps> {
  declare readonly object: KubeObject<Patches['CronJob']>;

  constructor(scope: Construct, id: string, props: CronJobProps) {
    super(scope, id, props, { apiVersion: 'batch/v1', kind: 'CronJob', shape: PROPS });
  }

  /** The CronJob. */
  get cronJob(): KubeObject<Patches['CronJob']> {
    return this.object;
  }

  /** Merges into the rendered CronJob; see KubeObject. */
  override override(patch: Patches['CronJob']): this {
    return super.override(patch);
  }

  /** @internal */
  protected override renderSpec(report: Reporter): Readonly<Record<string, unknown>> {
    this.checkSchedule(report);
    const schedule: ScheduleProps = { concurrency: 'Forbid', ...this.props };
    return {
      ...renderFields(schedule, SCHEDULE, report),
      ...optional('suspend', this.props.suspend),
      jobTemplate: { spec: this.renderJobSpec(report) },
    };
  }

  private checkSchedule(report: Reporter): void {
    const { schedule, timeZone } = this.props;
    const hint =
      'Five fields: minute, hour, day of month, month, day of week, such as `0 3 * * *`; or @hourly, @daily …';
    if ((schedule as unknown) === undefined) {
      report({
        code: 'MISSING_PROP',
        path: 'schedule',
        message: 'Required value: a CronJob needs a schedule',
        hint,
      });
      return;
    }
    const wrong = scheduleProblem(schedule, kubernetesOf(this));
    if (wrong !== undefined)
      report({
        code: 'INVALID_CRON',
        path: 'schedule',
        message: `Invalid value: "${schedule}": ${wrong}`,
        hint,
      });
    const unknown = timeZone === undefined ? undefined : timeZoneProblem(timeZone);
    if (unknown !== undefined)
      report({ code: 'INVALID_CRON', path: 'timeZone', message: `Invalid value: "${timeZone}": ${unknown}` });
  }
}
