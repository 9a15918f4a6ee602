import type { Replicas } from '../../../graph/replicas';
import type { StagedRollout } from '../../../graph/rollouts';
import type { Field } from '../../../manifest/field';
import { formatId } from '../../../manifest/manifest';
import { allOf } from './pods';

/** How a Rollout of Argo replaces pods step by step, as what follows its name; none where it does not say. */
export function stagedByArgo(spec: Field, pods: string): string | undefined {
  const [canary, blueGreen] = [spec.at('strategy', 'canary'), spec.at('strategy', 'blueGreen')];
  if (blueGreen.isSet) return blueGreenOf(blueGreen, pods);
  if (!canary.isSet) return undefined;
  const steps = canary.list('steps');
  const share = canary.child('trafficRouting').isSet ? 'of requests' : 'of the pods';
  const way =
    steps.length === 0
      ? 'a canary without steps'
      : `a canary: ${listed(steps.map((step) => stepOf(step, share)))}`;
  return `replaces ${pods} as ${way}.${abortedBy(canary.child('analysis'))}`;
}

function blueGreenOf(blueGreen: Field, pods: string): string {
  const [manual, seconds] = [
    blueGreen.child('autoPromotionEnabled').value === false,
    blueGreen.child('autoPromotionSeconds').number,
  ];
  const when = manual
    ? 'when someone promotes them'
    : seconds > 0
      ? `${seconds}s after all are available`
      : 'when all are available';
  const service = blueGreen.child('activeService').text;
  const analyses = ['prePromotionAnalysis', 'postPromotionAnalysis'].map((name) =>
    abortedBy(blueGreen.child(name)),
  );
  return `starts new pods beside ${pods}, and moves Service ${service} to them ${when} (blue-green).${analyses.find((text) => text !== '') ?? ''}`;
}

/** Templates without which nothing aborts it. */
function abortedBy(analysis: Field): string {
  const names = analysis.list('templates').map((template) => template.child('templateName').text);
  return names.length === 0 ? '' : ` It is aborted when the analysis ${names.join(', ')} fails.`;
}

function stepOf(step: Field, share: string): string {
  const weight = step.child('setWeight');
  if (weight.isSet) return weight.number === 100 ? 'all' : `${weight.number}% ${share}`;
  const pause = step.child('pause');
  if (pause.isSet) {
    const { value } = pause.child('duration');
    const seconds = typeof value === 'number' && value > 0 ? String(value) : '';
    const duration = typeof value === 'string' ? value : seconds;
    // A number is one of seconds, in quotes or not.
    return duration === ''
      ? 'pause until promoted'
      : `pause of ${duration}${/^\d+$/.test(duration) ? 's' : ''}`;
  }
  const [name = 'step'] = Object.keys(step.record);
  return WORDS[name] ?? name;
}

const WORDS: Readonly<Record<string, string>> = {
  setCanaryScale: 'scaling of the canary',
  setHeaderRoute: 'route by header',
  setMirrorRoute: 'mirrored requests',
};

/** Steps that are listed; a rollout with more is cut in the middle. */
const MOST = 12;

function listed(steps: readonly string[]): string {
  if (steps.length <= MOST) return steps.join(', ');
  return [...steps.slice(0, MOST - 1), `${steps.length - MOST} more`, ...steps.slice(-1)].join(', ');
}

/** How Flagger replaces the pods that serve, as a sentence. */
function stagedByFlagger({ manifest, workload, root }: StagedRollout): string {
  const analysis = root.at('spec', 'analysis');
  const interval = analysis.child('interval').text;
  const weights = analysis.list('stepWeights').map(({ number }) => `${number}%`);
  const [step, most] = [analysis.child('stepWeight').number, analysis.child('maxWeight').number];
  const iterations = analysis.child('iterations').number;
  const way =
    iterations > 0
      ? `checks them ${iterations} times, every ${interval}`
      : `sends them ${weights.length > 0 ? weights.join(', ') : `${step}% more`} of requests, a step every ${interval}${weights.length > 0 || most === 0 ? '' : `, up to ${most}%`}`;
  const { name } = workload.id;
  return `${formatId(manifest.id)} starts new pods beside those of ${name}-primary and ${way}. If its checks pass, it gives ${name}-primary the new template.`;
}

/**
 * How another object rolls out the new template of a workload.
 *
 * @param isNew whether it rolls out nothing yet
 */
export function stagedRollout(
  rollout: StagedRollout,
  name: string,
  pods: Replicas | undefined,
  isNew: boolean,
): string {
  const { by, root, manifest } = rollout;
  const who = formatId(manifest.id);
  if (isNew)
    return `${who} starts its own pods with this template of ${name}. Its steps apply from the next change on.`;
  if (by === 'flagger') return stagedByFlagger(rollout);
  if (root.at('spec', 'paused').isTrue)
    return `${who} is paused: the pods of ${name} stay until it is resumed.`;
  if (pods?.max === 0) return `${who} has no pods to replace.`;
  const all = pods === undefined ? `the pods of ${name}` : `${allOf(pods)} of ${name}`;
  return `${who} ${stagedByArgo(root.child('spec'), all) ?? `replaces ${all}.`}`;
}
