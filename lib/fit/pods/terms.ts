import { selectorAt, selectsAll } from '../../graph/selectors';
import { matches, type LabelSelector, type Labels } from '../../kube/labels';
import type { Field } from '../../manifest/field';
import { jsonText } from '../../manifest/json-text';

/** Pods that no selector tells apart: those of one namespace with the same labels. */
export interface LabelClass {
  readonly namespace: string;
  readonly labels: Labels;
  /** Whether they are being deleted: they hold what they request until they are gone, but count for no spreading. */
  readonly isEnding?: true;
}

/** Which pods something counts. Two with one key count the same. */
export interface PodMatcher {
  readonly key: string;
  readonly accepts: (pods: LabelClass) => boolean;
  /** A label that all of these pods have, if one is known: `app=api`. */
  readonly label: string | undefined;
}

/** A term of the affinity of a pod to others. */
export interface AffinityTerm extends PodMatcher {
  readonly topologyKey: string;
  /** The weight of a preferred term. */
  readonly weight: number;
}

/** The labels of a namespace. */
export type NamespaceLabels = (namespace: string) => Labels;

/**
 * A required term, or a preferred one with its weight. A selector of namespaces adds to those that are named; with
 * neither, the term is about the namespace of its pod.
 *
 * @source k8s.io/kube-scheduler framework/types.go AffinityTerm.Matches, getNamespacesFromPodAffinityTerm 1.36
 */
export function affinityTerm(
  field: Field,
  weight: number,
  own: LabelClass,
  namespaceLabels: NamespaceLabels,
): AffinityTerm {
  const selector = mergedSelector(field, own.labels);
  const named = field.child('namespaces').texts;
  const bySelector = selectorAt(field.child('namespaceSelector'));
  const namespaces = named.length === 0 && bySelector === undefined ? [own.namespace] : [...named].sort();
  const isNear = (namespace: string): boolean =>
    namespaces.includes(namespace) ||
    (bySelector !== undefined && matches(bySelector, namespaceLabels(namespace)));
  const topologyKey = field.child('topologyKey').text;
  return {
    key: jsonText([selector ?? null, namespaces, bySelector ?? null]),
    topologyKey,
    weight,
    accepts: ({ namespace, labels }) => matches(selector, labels) && isNear(namespace),
    label: labelIn(selector),
  };
}

/**
 * The selector of a term with what `matchLabelKeys` and `mismatchLabelKeys` add to it: the API server writes the values
 * that the pod has into the selector when the pod is created.
 *
 * @source k8s.io/kubernetes pkg/registry/core/pod/strategy.go applyMatchLabelKeysAndMismatchLabelKeys 1.36
 */
function mergedSelector(field: Field, labels: Labels): LabelSelector | undefined {
  const selector = selectorAt(field.child('labelSelector'));
  if (selector === undefined) return undefined;
  const added = (keys: readonly string[], operator: string): LabelSelector['matchExpressions'] =>
    keys.flatMap((key) => {
      const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
      return value === undefined ? [] : [{ key, operator, values: [value] }];
    });
  return {
    ...selector,
    matchExpressions: [
      ...(selector.matchExpressions ?? []),
      ...(added(field.child('matchLabelKeys').texts, 'In') ?? []),
      ...(added(field.child('mismatchLabelKeys').texts, 'NotIn') ?? []),
    ],
  };
}

/**
 * The pods that a constraint of spreading counts: those of its namespace that the selector selects. One that selects
 * everything counts none, and pods that are being deleted are not counted.
 *
 * @source k8s.io/kubernetes pkg/scheduler/framework/plugins/podtopologyspread/common.go countPodsMatchSelector 1.36
 */
export function spreadMatcher(selector: LabelSelector | undefined, namespace: string): PodMatcher {
  const countsNone = selector === undefined || selectsAll(selector);
  return {
    key: jsonText(['spread', selector ?? null, namespace]),
    accepts: (pods) =>
      !countsNone && pods.isEnding !== true && pods.namespace === namespace && matches(selector, pods.labels),
    label: labelIn(selector),
  };
}

function labelIn(selector: LabelSelector | undefined): string | undefined {
  const [first] = Object.entries(selector?.matchLabels ?? {});
  return first && `${first[0]}=${first[1]}`;
}

/** The selector of a constraint, with the labels of the pod that `matchLabelKeys` names. */
export function spreadSelector(field: Field, labels: Labels): LabelSelector | undefined {
  return mergedSelector(field, labels);
}

/** All terms in one: the pods that each of them accepts. */
export function everyTerm(terms: readonly AffinityTerm[]): PodMatcher {
  return {
    key: jsonText(terms.map(({ key }) => key)),
    accepts: (pods) => terms.every((term) => term.accepts(pods)),
    label: terms[0]?.label,
  };
}
