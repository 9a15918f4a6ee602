import { parseDuration } from '../../kube/duration';
import type { Reporter } from '../core/problems';
import { below } from '../core/problems';
import { integer } from '../core/props';
import { INTERVAL } from './analysis';
import { readSeconds, readSteps } from './steps';
import type { AbortOptions, BlueGreenOptions, Canary } from './strategy';

/** When Flagger asks the gate: before it gives the new pods more requests, or before they take over. */
type Gate = 'confirm-traffic-increase' | 'confirm-promotion';

/** The steps of a rollout in Flagger's words. */
interface FlaggerSteps {
  readonly interval: string;
  /** `stepWeights` or `iterations`. */
  readonly course: object;
  readonly gates: readonly Gate[];
}

/**
 * The steps of a canary. Flagger waits one interval at each share, and the last one is followed by the promotion, by which all
 * pods get the new template.
 *
 * Source: `runCanary` and `nextStepWeight` of flagger `pkg/controller/scheduler.go`.
 */
export function canarySteps(canary: Canary, report: Reporter): FlaggerSteps {
  const shares: { weight: number; seconds: number; text: string[]; waits: boolean }[] = [];
  for (const step of readSteps(canary, below('canary', report))) {
    const last = shares.at(-1);
    if ('weight' in step) shares.push({ weight: step.weight, seconds: 0, text: [], waits: false });
    else if (last !== undefined) {
      if (step.wait === undefined) last.waits = true;
      else {
        last.seconds += parseDuration(step.wait) ?? 0;
        last.text.push(step.wait);
      }
    }
  }
  const all = shares.at(-1);
  const isAll = all?.weight === 100 && all.text.length === 0 && !all.waits && shares.length > 1;
  const steps = isAll ? shares.slice(0, -1) : shares;
  const seconds = new Set(steps.filter(({ waits }) => !waits).map((step) => step.seconds));
  if (seconds.size > 1)
    report({
      code: 'INVALID_PROP',
      path: 'canary',
      message: 'Forbidden: Flagger waits equally long at each share',
      hint: "Write the same pause after each: ['5%', pause('10m'), '25%', pause('10m')].",
    });
  const [pause = 0] = seconds;
  const text = steps.find((step) => step.text.length > 0)?.text ?? [];
  const waiting = steps.map(({ waits }) => waits);
  return {
    interval: pause === 0 ? (canary.interval ?? INTERVAL) : text.length === 1 ? (text[0] ?? '') : `${pause}s`,
    course: { stepWeights: steps.map(({ weight }) => weight) },
    gates: [
      ...(waiting.slice(0, -1).includes(true) ? (['confirm-traffic-increase'] as const) : []),
      ...(waiting.at(-1) === true ? (['confirm-promotion'] as const) : []),
    ],
  };
}

/** How long Flagger looks at the alerts before new pods take over. */
const WATCH = '5m';

/** The checks of a blue-green rollout, before the new pods take over. Source: `runBlueGreen` of the same file. */
export function blueGreenSteps(props: BlueGreenOptions, report: Reporter): FlaggerSteps {
  const { promote, abortOn = [], watch = WATCH, interval = INTERVAL } = props;
  const isManual = promote === 'manual';
  for (const key of ['previewReplicas', 'keepOld'] as const)
    if (props[key] !== undefined)
      report({
        code: 'INVALID_PROP',
        path: key,
        message:
          key === 'keepOld'
            ? 'Forbidden: Flagger replaces the old pods when the new ones take over'
            : 'Forbidden: Flagger starts as many new pods as there are at least',
      });
  const every = readSeconds(interval, 'interval', report) ?? 60;
  const wait = promote === undefined || isManual ? (abortOn.length > 0 ? watch : interval) : promote;
  const total = readSeconds(wait, wait === watch ? 'watch' : 'promote', report) ?? every;
  return {
    interval,
    course: { iterations: Math.max(1, Math.ceil(total / every)) },
    gates: isManual ? ['confirm-promotion'] : [],
  };
}

/** `webhooks` for what waits until someone promotes it; reports a gate that is missing. */
export function renderGates(
  gates: readonly Gate[],
  { gate }: AbortOptions,
  report: Reporter,
): readonly object[] {
  if (gates.length === 0) return [];
  if (gate === undefined) {
    report({
      code: 'MISSING_PROP',
      path: 'gate',
      message: 'Required value: Flagger waits for someone by asking a URL',
      hint: "Set `gate: 'http://flagger-loadtester.flagger/gate/check'`, or a duration for the pause.",
    });
    return [];
  }
  if (!/^https?:\/\/\S+$/.test(gate))
    report({ code: 'INVALID_PROP', path: 'gate', message: `Invalid value: "${gate}": expected a URL` });
  return gates.map((type) => ({ name: type, type, url: gate }));
}

/** How many checks may fail before Flagger gives up: it does so when there are as many. */
export function thresholdOf({ tolerate }: AbortOptions, report: Reporter): number {
  return (integer(tolerate, 'tolerate', 0, report) ?? 2) + 1;
}
