import type { Taint } from '../profiles/cluster-profile';
import type { Field } from '../manifest/field';

/** What is known of a condition: `unknown` where it depends on what no manifest and no profile says. */
export type Verdict = 'yes' | 'no' | 'unknown';

/** Whether all of some conditions hold. */
export function every(verdicts: readonly Verdict[]): Verdict {
  return verdicts.includes('no') ? 'no' : verdicts.includes('unknown') ? 'unknown' : 'yes';
}

/** Whether one of some conditions holds. */
export function some(verdicts: readonly Verdict[]): Verdict {
  return verdicts.includes('yes') ? 'yes' : verdicts.includes('unknown') ? 'unknown' : 'no';
}

/** Taints that the cluster puts on nodes for a while, and takes away again. */
const PASSING = /^node\.(cloudprovider\.)?kubernetes\.io\//;

/** The taints that keep pods off a node for good. */
export function lastingTaints(taints: readonly Taint[]): Taint[] {
  return taints.filter(({ key, effect }) => effect !== 'PreferNoSchedule' && !PASSING.test(key));
}

/**
 * Whether one of some tolerations (`spec.tolerations`) is of a taint.
 *
 * @source k8s.io/component-helpers scheduling/corev1/helpers.go TolerationsTolerateTaint 1.36
 */
export function tolerates(tolerations: readonly Field[], taint: Taint): Verdict {
  return some(tolerations.map((each) => toleratesOne(each, taint)));
}

function toleratesOne(toleration: Field, { key, value = '', effect }: Taint): Verdict {
  const [own, ofEffect, operator] = ['key', 'effect', 'operator'].map((name) => toleration.child(name).text);
  if (ofEffect !== '' && ofEffect !== effect) return 'no';
  if (own === '') return operator === 'Exists' ? 'yes' : 'no';
  if (own !== key) return 'no';
  if (operator === 'Exists') return 'yes';
  // Comparisons of numbers (KEP-5471) are behind a feature gate.
  if (operator === 'Gt' || operator === 'Lt') return 'unknown';
  return toleration.child('value').text === value ? 'yes' : 'no';
}
