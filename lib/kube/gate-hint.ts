import { flippedBefore } from './feature-gates';
import { onSince, stateOf, type Gate } from './gates';
import { isBefore, type KubernetesRelease } from './schema/release';

/** When a gate that is off is on, and what to say if it is on already. */
export function gateHint(gate: Gate, kubernetes: KubernetesRelease): string {
  const since = onSince(gate);
  const later = since !== undefined && isBefore(kubernetes, since);
  const when = later ? `${gate} is on from ${since} on.` : `No release has ${gate} on by default.`;
  const patch = flippedBefore(gate, kubernetes);
  const patches = patch === undefined ? '' : ` It is on up to ${kubernetes}.${patch - 1}.`;
  const isSettable = stateOf(gate, kubernetes) === '-';
  return `${when}${patches}${isSettable ? ' If your cluster turns it on, say so in `featureGates` of its profile.' : ''}`;
}
