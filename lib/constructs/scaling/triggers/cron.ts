import { scheduleProblem, timeZoneProblem } from '../../../kube/cron';
import { asIs } from '../../core/fields';
import type { Reporter } from '../../core/problems';
import { text } from '../../core/shapes';
import type { TriggerKind, TriggerRange } from './kind';
import { asTarget, triggerKind } from './kind';

/** A time of day or week with at least a number of pods. */
export interface CronTrigger {
  /** When it begins, in cron syntax: `0 7 * * 1-5`. */
  readonly from: string;
  /** When it ends, in cron syntax: `0 19 * * 1-5`. */
  readonly to: string;
  /** Time zone of both: `Europe/Vienna`. */
  readonly timeZone: string;
  /** Fewest pods in between. */
  readonly replicas: number;
}

/**
 * KEDA reads schedules of five fields only, without `@daily`.
 *
 * Source: the documentation of KEDA's scaler `cron`, and Validate in `pkg/scalers/cron_scaler.go`.
 */
export const cron: TriggerKind<CronTrigger> = triggerKind<CronTrigger>({
  type: 'cron',
  fields: {
    from: asIs('start', text),
    to: asIs('end', text),
    timeZone: asIs('timezone', text),
    replicas: asTarget('desiredReplicas', {}, { whole: true }),
  },
  required: { from: "'0 7 * * *'", to: "'0 19 * * *'", timeZone: "'Europe/Vienna'", replicas: '5' },
  parameters: [],
  check: checkCron,
});

function checkCron(
  props: CronTrigger,
  report: Reporter,
  { min, max, scalesToZero, isJob }: TriggerRange,
): void {
  checkSchedule(props.from, 'from', report);
  checkSchedule(props.to, 'to', report);
  checkTimeZone(props.timeZone, report);
  const { from, to, replicas } = props;
  if (typeof from === 'string' && from === to)
    report({
      code: 'INVALID_CRON',
      path: 'to',
      message: `Invalid value: "${to}": it begins at the same time`,
    });
  if (isJob || !Number.isInteger(replicas) || max < min) return;
  const path = 'replicas';
  if (replicas > max)
    report({
      code: 'INVALID_PROP',
      path,
      message: `Invalid value: ${replicas}: must be at most max (${max}), which the autoscaler never exceeds`,
    });
  else if (replicas > 0 && replicas <= min && !scalesToZero)
    report({
      code: 'INVALID_PROP',
      path,
      message: `Invalid value: ${replicas}: must be greater than min (${min}), or the trigger has no effect`,
    });
}

function checkSchedule(schedule: string, path: string, report: Reporter): void {
  if (typeof schedule !== 'string') return;
  const wrong = schedule.startsWith('@') ? 'must be five fields' : scheduleProblem(schedule);
  if (wrong === undefined) return;
  report({
    code: 'INVALID_CRON',
    path,
    message: `Invalid value: "${schedule}": ${wrong}`,
    hint: 'Five fields: minute, hour, day of month, month, day of week, such as `0 7 * * 1-5`.',
  });
}

function checkTimeZone(zone: string, report: Reporter): void {
  const wrong = typeof zone === 'string' ? timeZoneProblem(zone) : undefined;
  if (wrong !== undefined)
    report({ code: 'INVALID_CRON', path: 'timeZone', message: `Invalid value: "${zone}": ${wrong}` });
}
