import { isObject } from '../core/shape';
import type { Shape } from '../core/shape';
import { anyOf, list, number, record, text } from '../core/shapes';
import type { AlertProp } from '../observability/alerts';
import { ALERT } from '../observability/alerts';

/** A wait between two steps of a canary: `pause('10m')`, or `pause()` until someone promotes it. */
export interface Pause {
  /** How long: `{ duration: '10m' }`; `{}` until someone promotes it, as with `kubectl argo rollouts promote`. */
  readonly pause: PauseDuration;
}

/** How long a canary waits. */
export interface PauseDuration {
  /** Its duration: `10m`, `1h30m`. @default until someone promotes it */
  readonly duration?: string;
}

/** A share of the requests or pods, such as `'5%'`, or a wait. */
export type CanaryStep = string | Pause;

/** What ends a rollout before it is complete. */
export interface AbortOptions {
  /**
   * Alerts that abort it when they would fire: what `alerts` takes, with the thresholds that the workload has there. They are
   * asked of the Prometheus at `prometheus.address` of the profile.
   * @default nothing: only pods that do not become ready
   */
  readonly abortOn?: readonly AlertProp[];
  /** How often they are looked at; under Flagger, at the end of each pause of a canary. @default '1m' */
  readonly interval?: string;
  /** How many times each may fire before it aborts; under Flagger, all together. @default 2 */
  readonly tolerate?: number;
  /**
   * URL that Flagger asks, where the rollout waits until someone promotes it: it goes on when the answer is 200, such as that of
   * `http://flagger-loadtester.flagger/gate/check`. Argo Rollouts needs none.
   * @default none: under Flagger, `pause()` and `promote: 'manual'` are refused
   */
  readonly gate?: string;
}

/** Options of a canary. */
export interface CanaryOptions extends AbortOptions {
  /** Most pods above the desired number, where the share is one of pods; under Flagger, while those that serve are replaced. @default '25%' */
  readonly maxSurge?: number | string;
  /** Most pods below the desired number, where the share is one of pods; under Flagger, as `maxSurge`. @default 0 */
  readonly maxUnavailable?: number | string;
}

/** New pods get a growing share of the requests. Made by `canary`. */
export interface Canary extends CanaryOptions {
  /** Its steps. */
  readonly canary: readonly CanaryStep[];
}

/** Options of a blue-green rollout. */
export interface BlueGreenOptions extends AbortOptions {
  /**
   * When the new pods take over: `'manual'`, or how long after all are available: `10m`.
   * @default as soon as all are available
   */
  readonly promote?: string;
  /** How many new pods there are until they take over; not under Flagger. @default as many as old ones */
  readonly previewReplicas?: number;
  /** How long the old pods stay afterwards, for a quick way back; not under Flagger. @default '30s', set by Argo Rollouts */
  readonly keepOld?: string;
  /** How long `abortOn` is looked at after the new pods have taken over; under Flagger, before. @default '5m' */
  readonly watch?: string;
}

/** All new pods start beside the old ones, and take over at once. Made by `blueGreen`. */
export interface BlueGreen {
  /** Its options. */
  readonly blueGreen: BlueGreenOptions;
}

const PAUSE = record<Pause>(
  { pause: record<PauseDuration>({ duration: text }) },
  { expected: "pause('10m')", words: { setWeight: "a percentage such as '5%'" } },
);

const STEP: Shape<CanaryStep> = anyOf<CanaryStep>([text, PAUSE], {
  expected: "a percentage such as '5%', or pause('10m')",
});

const ABORT_SHAPES = { abortOn: list(ALERT), interval: text, tolerate: number, gate: text };
const amount = anyOf<number | string>([number, text], { expected: 'a number or a percentage' });

const CANARY = record<Canary>({
  canary: list(STEP),
  ...ABORT_SHAPES,
  maxSurge: amount,
  maxUnavailable: amount,
});

const BLUE_GREEN = record<BlueGreen>({
  blueGreen: record<BlueGreenOptions>({
    ...ABORT_SHAPES,
    promote: text,
    previewReplicas: number,
    keepOld: text,
    watch: text,
  }),
});

/** A rollout in steps: of two records, the one by whose name it is known. */
export const STEPPED: Shape<Canary | BlueGreen> = {
  expected: 'canary([…]) or blueGreen({…})',
  takes: (value) => isObject(value) && ('canary' in value || 'blueGreen' in value),
  inside: (value, look) => ('canary' in (value as object) ? CANARY : BLUE_GREEN).inside?.(value, look),
};

/** Whether a strategy is a rollout in steps. */
export function isStepped(rollout: unknown): rollout is Canary | BlueGreen {
  return STEPPED.takes(rollout);
}

/**
 * New pods get a growing share of the requests, and the rest when nothing was wrong:
 * `canary(['5%', pause('10m'), '25%', pause('10m')], { abortOn: ['errors', 'latency'] })`. The last share is 100%, which may
 * be left out.
 */
export function canary(steps: readonly CanaryStep[], options: CanaryOptions = {}): Canary {
  return { canary: steps, ...options };
}

/** All new pods start beside the old ones, and take over at once: `blueGreen({ promote: 'manual' })`. */
export function blueGreen(options: BlueGreenOptions = {}): BlueGreen {
  return { blueGreen: options };
}

/** A wait between two steps of a canary; without a duration, until someone promotes it. */
export function pause(duration?: string): Pause {
  return { pause: duration === undefined ? {} : { duration } };
}
