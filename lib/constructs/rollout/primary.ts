import type { LabelSelector } from '../../kube/labels';
import type { Peer } from '../network/peer';

type Labels = Readonly<Record<string, string>>;

/** The pods of a workload that serve, where Flagger runs them after its Deployment, whose own pods are tried. */
export interface Primary {
  /** Name of their Deployment. */
  readonly name: string;
  /** The one label in which they differ. */
  readonly label: string;
  /** Its value on them; on the pods that are tried it is that of the workload. */
  readonly value: string;
}

/** The labels of which Flagger changes the first in the selector. Source: the flag `-selector-labels` of `cmd/flagger`. */
export const SELECTOR_LABELS: readonly string[] = ['app', 'name', 'app.kubernetes.io/name'];

const SUFFIX = '-primary';
const PRIMARY = Symbol.for('seaworthy.primary');

/** The name of what Flagger makes for the pods that serve. Source: createPrimaryDeployment of flagger `pkg/canary`. */
export function primaryName(name: string): string {
  return `${name}${SUFFIX}`;
}

/** Says that other pods than its own serve for `workload`. */
export function setPrimary(workload: object, primary: Primary): void {
  Object.defineProperty(workload, PRIMARY, { value: primary });
}

/** The pods that serve for a workload; `undefined` where they are its own. */
export function primaryOf(workload: object): Primary | undefined {
  return (workload as { readonly [PRIMARY]?: Primary })[PRIMARY];
}

/** Selects all pods of a workload: those that serve, and those that are tried. */
export function podsOf(peer: Peer): LabelSelector {
  const { matchLabels } = peer;
  const primary = primaryOf(peer);
  if (primary === undefined) return { matchLabels };
  const { label, value } = primary;
  const rest = commonLabels(peer);
  return {
    ...(Object.keys(rest).length > 0 && { matchLabels: rest }),
    matchExpressions: [{ key: label, operator: 'In', values: [matchLabels[label] ?? '', value] }],
  };
}

/**
 * Selects the pods among which those of a workload are spread. Flagger changes the label in its copy where the value is the name
 * of the Deployment.
 *
 * Source: appendPrimarySuffixToValuesIfNeeded of flagger `pkg/canary/deployment_controller.go`.
 */
export function spreadBy(workload: Peer & { readonly name: string }): LabelSelector {
  const { matchLabels, name } = workload;
  const primary = primaryOf(workload);
  return primary === undefined || matchLabels[primary.label] === name ? { matchLabels } : podsOf(workload);
}

/** The labels of the pods that a Service leads to. */
export function servingLabels(peer: Peer): Labels {
  const { matchLabels } = peer;
  const primary = primaryOf(peer);
  // Flagger sets the selector of the Service to this one label; another would be undone.
  return primary === undefined ? matchLabels : { [primary.label]: primary.value };
}

/** Selects the pods that serve for a workload: its own, or those that Flagger runs after its template. */
export function servingPodsOf(peer: Peer): LabelSelector {
  return { matchLabels: { ...commonLabels(peer), ...servingLabels(peer) } };
}

/** The labels of the selector that all pods of a workload have. */
export function commonLabels(peer: Peer): Labels {
  const { matchLabels } = peer;
  const primary = primaryOf(peer);
  if (primary === undefined) return matchLabels;
  return Object.fromEntries(Object.entries(matchLabels).filter(([key]) => key !== primary.label));
}
