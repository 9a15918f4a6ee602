import type { Construct } from 'constructs';
import { scheduleProblem, timeZoneProblem } from '../../kube/cron';
import { kubernetesOf } from '../core/environment';
import type { TaskProps } from './job';
import { Task, TASK_KEYS } from './job';
import type { Reporter } from '../core/problems';
import type { Keys } from '../core/props';
import { oneOfKnown, optional, wholeNumber } from '../core/props';

/** What a CronJob is made with. */
export interface CronJobProps extends TaskProps {
  /** When it runs: `0 3 * * *`, `@daily`. */
  readonly schedule: string;
  /** Time zone of the schedule: `Europe/Berlin`. @default the cluster's, mostly UTC */
  readonly timeZone?: string;
  /** What happens when the one before still runs. @default 'Forbid': the new one is left out */
  readonly concurrency?: 'Allow' | 'Forbid' | 'Replace';
  /** Seconds that a run may start late. @default any */
  readonly startingDeadline?: number;
  /** How many runs that ended well are kept. @default 3, as the API server fills in */
  readonly successfulHistory?: number;
  /** How many runs that failed are kept. @default 1, as the API server fills in */
  readonly failedHistory?: number;
}

const KEYS: Keys<CronJobProps> = {
  ...TASK_KEYS,
  schedule: true,
  timeZone: true,
  concurrency: true,
  startingDeadline: true,
  successfulHistory: true,
  failedHistory: true,
};

/** Something to be done again and again: a CronJob and its ServiceAccount. */
export class CronJob extends Task<CronJobProps> {
  constructor(scope: Construct, id: string, props: CronJobProps) {
    super(scope, id, props, { apiVersion: 'batch/v1', kind: 'CronJob', keys: KEYS });
  }

  protected override renderSpec(report: Reporter): Readonly<Record<string, unknown>> {
    const { schedule, timeZone, concurrency = 'Forbid', suspend } = this.props;
    const { startingDeadline, successfulHistory, failedHistory } = this.props;
    this.checkSchedule(report);
    oneOfKnown(concurrency, ['Allow', 'Forbid', 'Replace'], 'concurrency', report);
    return {
      schedule,
      ...optional('timeZone', timeZone),
      concurrencyPolicy: concurrency,
      ...optional('suspend', suspend),
      ...optional('startingDeadlineSeconds', wholeNumber(startingDeadline, 'startingDeadline', 0, report)),
      ...optional(
        'successfulJobsHistoryLimit',
        wholeNumber(successfulHistory, 'successfulHistory', 0, report),
      ),
      ...optional('failedJobsHistoryLimit', wholeNumber(failedHistory, 'failedHistory', 0, report)),
      jobTemplate: { spec: this.renderJobSpec(report) },
    };
  }

  private checkSchedule(report: Reporter): void {
    const { schedule, timeZone } = this.props;
    const hint =
      'Five fields: minute, hour, day of month, month, day of week, such as `0 3 * * *`; or @hourly, @daily …';
    if ((schedule as unknown) === undefined) {
      report({ code: 'MISSING_PROP', path: 'schedule', message: 'a CronJob needs a schedule', hint });
      return;
    }
    const wrong = scheduleProblem(String(schedule), kubernetesOf(this));
    if (wrong !== undefined)
      report({ code: 'INVALID_CRON', path: 'schedule', message: `"${schedule}": ${wrong}`, hint });
    const unknown = timeZone === undefined ? undefined : timeZoneProblem(timeZone);
    if (unknown !== undefined)
      report({ code: 'INVALID_CRON', path: 'timeZone', message: `"${timeZone}": ${unknown}` });
  }
}
