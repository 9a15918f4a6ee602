import type { CustomPatches } from '../../kube/custom/patches';
import type { Fields } from '../core/fields';
import { asInteger, asOneOf, renderFields, shapesOf } from '../core/fields';
import { requireInstalled } from '../core/installed';
import type { KubeObject } from '../core/object';
import type { Reporter } from '../core/problems';
import { optional } from '../core/props';
import { list, number } from '../core/shapes';
import type { Trait } from '../workloads/trait';
import { readRange } from './autoscaler';
import { makeTriggers } from './triggers/authentication';
import type { CronTrigger } from './triggers/cron';
import type { Trigger } from './triggers/trigger';
import { TRIGGER } from './triggers/trigger';

/** A trigger of Jobs: any but the clock, for which there is a CronJob. */
export type JobTrigger = Exclude<Trigger, { readonly cron: CronTrigger }>;

/** How many Jobs there are, and what they are made for. */
export interface JobTriggerProps {
  /**
   * What Jobs are made for, such as the messages of a queue.
   * @example [{ rabbitmq: { queue: 'videos', length: 1, host: 'amqp://rabbitmq.shop:5672/' } }]
   */
  readonly on: readonly JobTrigger[];
  /** Highest number of Jobs at a time. @default 100, set by KEDA */
  readonly max?: number;
  /** Number of Jobs that always run. @default 0 */
  readonly min?: number;
  /** Seconds between two looks at the sources. @default 30, set by KEDA */
  readonly polling?: number;
  /**
   * How Jobs are counted: `'accurate'` where an item leaves the queue when its Job begins, `'eager'` for as many as there may
   * be. @default 'default': running Jobs are subtracted from the items
   */
  readonly counting?: 'default' | 'accurate' | 'eager';
  /** What a change does to running Jobs: `'immediate'` deletes them. @default 'gradual': they run to their end */
  readonly rollout?: 'gradual' | 'immediate';
  /** Number of successful Jobs that are kept. @default 100, set by KEDA */
  readonly successfulHistory?: number;
  /** Number of failed Jobs that are kept. @default 100, set by KEDA */
  readonly failedHistory?: number;
}

/**
 * How KEDA asks the sources of a ScaledJob.
 *
 * | object | when | why |
 * |---|---|---|
 * | TriggerAuthentication | a trigger of `on` has an `auth` that is not the name of one | tells KEDA how to ask the source |
 */
export interface JobTriggered {
  /** How KEDA asks the sources of `on`, in their order. */
  readonly triggerAuthentications: readonly KubeObject<CustomPatches['TriggerAuthentication']>[];
}

const FIELDS: Fields<Omit<JobTriggerProps, 'on' | 'min' | 'max'>> = {
  polling: asInteger('pollingInterval', 1),
  counting: {
    ...asOneOf('strategy', ['default', 'accurate', 'eager']),
    render: (strategy) => ({ scalingStrategy: { strategy } }),
  },
  rollout: {
    ...asOneOf('strategy', ['gradual', 'immediate']),
    render: (strategy) => ({ rollout: { strategy } }),
  },
  successfulHistory: asInteger('successfulJobsHistoryLimit', 0),
  failedHistory: asInteger('failedJobsHistoryLimit', 0),
};

/** The most Jobs at a time where nothing says so (defaultScaledJobMaxReplicaCount of KEDA). */
const MOST = 100;

/** The triggers of a ScaledJob. KEDA deletes running Jobs on each change unless the rollout is gradual. */
export const jobTriggers: Trait<JobTriggerProps, JobTriggered> = {
  shapes: { on: list(TRIGGER as never), max: number, min: number, ...shapesOf(FIELDS) },
  members: { triggerAuthentications: true },
  attach: (place, props) => {
    requireInstalled(place.workload, 'keda');
    const triggers = makeTriggers(place, 'on', (props as Partial<JobTriggerProps>).on ?? []);
    return {
      triggerAuthentications: triggers.authentications,
      renderSpec: (report) => {
        const { min, max } = readJobRange(props, report);
        const range = { min: min ?? 0, max: max ?? MOST, scalesToZero: (min ?? 0) === 0, isJob: true };
        checkTriggers(props, report);
        return {
          ...optional('minReplicaCount', min),
          ...optional('maxReplicaCount', max),
          ...renderFields({ rollout: 'gradual' as const, ...props }, FIELDS, report),
          triggers: triggers.render(report, range),
        };
      },
    };
  },
};

function readJobRange(
  { min, max }: JobTriggerProps,
  report: Reporter,
): { readonly min?: number; readonly max?: number } {
  readRange({ min: min ?? 0, max: max ?? MOST }, 0, report);
  return { ...optional('min', min), ...optional('max', max) };
}

function checkTriggers({ on }: Partial<JobTriggerProps>, report: Reporter): void {
  if (on === undefined || on.length === 0)
    report({
      code: 'MISSING_PROP',
      path: 'on',
      message: 'Required value: at least one trigger to make Jobs for',
      hint: "Set `on: [{ rabbitmq: { queue: 'videos', length: 1, … } }]`.",
    });
  for (const [index, trigger] of (on ?? []).entries()) {
    const path = `on[${index}]`;
    const { type = '' } = trigger as { readonly type?: string };
    if ('cron' in trigger || type === 'cron')
      report({
        code: 'INVALID_PROP',
        path,
        message: 'Forbidden: a ScaledJob makes Jobs for items',
        hint: 'Use a CronJob for the clock.',
      });
    else if (['cpu', 'memory'].includes(type))
      report({ code: 'INVALID_PROP', path, message: 'Forbidden: Jobs cannot be made by usage' });
  }
}
