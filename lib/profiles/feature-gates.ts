import { nearest, type Problem } from '../errors';
import type { GateSettings } from '../kube/feature-gates';
import { gateNames, isGate, stateOf, type Gate } from '../kube/gates';
import type { KubernetesRelease } from '../kube/schema';

/** Gates that an API server of `kubernetes` does not start with: unknown ones, and those that are locked to another value. */
export function featureGateProblems(
  settings: GateSettings | undefined,
  kubernetes: KubernetesRelease,
): Pick<Problem, 'code' | 'message' | 'path' | 'hint'>[] {
  return Object.entries(settings ?? {}).flatMap(([gate, on]) => {
    const problem = isGate(gate) ? problemOf(gate, on, kubernetes) : unknownGate(gate);
    return problem === undefined ? [] : [{ code: 'INVALID_PROP', path: `featureGates.${gate}`, ...problem }];
  });
}

function unknownGate(gate: string) {
  const meant = nearest(gate, gateNames);
  const hint = meant === undefined ? 'Remove it.' : `Did you mean "${meant}"?`;
  return { message: 'no release of Kubernetes that is known has this feature gate', hint };
}

function problemOf(gate: Gate, on: boolean, kubernetes: KubernetesRelease) {
  const state = stateOf(gate, kubernetes);
  if (state === undefined || state === 'x')
    return {
      message: `Kubernetes ${kubernetes} has no such feature gate: ${state === 'x' ? 'a release before removed it' : 'a later release adds it'}`,
      hint: 'Remove it: the API server does not start with it.',
    };
  const locked = state === '=' ? true : state === '!' ? false : undefined;
  if (locked === undefined || locked === on) return undefined;
  return { message: `Kubernetes ${kubernetes} has locked it to ${locked}`, hint: 'Remove it.' };
}
