import { matches, type LabelSelector, type Labels } from '../kube/labels';
import type { Field } from '../manifest/field';

/** The empty selector, which selects everything. */
export const EVERYTHING: LabelSelector = {};

/**
 * The `metav1.LabelSelector` in a field; none where the field is not set. What that means is for the field to say: most
 * select nothing then, the `podSelector` of a NetworkPolicy everything.
 */
export function selectorAt(field: Field): LabelSelector | undefined {
  if (!field.isSet) return undefined;
  const { value } = field;
  if (typeof value !== 'object' || value === null) return read(field);
  let selector = known.get(value);
  if (selector === undefined) known.set(value, (selector = read(field)));
  return selector;
}

/** Selectors by the value that they were read from: many rules ask for the one of a Service or policy. */
const known = new WeakMap<object, LabelSelector>();

function read(field: Field): LabelSelector {
  return {
    matchLabels: field.child('matchLabels').labels,
    matchExpressions: field.list('matchExpressions').map((requirement) => ({
      key: requirement.child('key').text,
      operator: requirement.child('operator').text,
      values: requirement.child('values').texts,
    })),
  };
}

/** Whether a selector selects everything. */
export function selectsAll({ matchLabels = {}, matchExpressions = [] }: LabelSelector): boolean {
  return Object.keys(matchLabels).length === 0 && matchExpressions.length === 0;
}

/** The selector of a workload (`spec.selector`), and the field that it is in. */
export function workloadSelector({ root }: { readonly root: Field }): {
  readonly field: Field;
  readonly selector: LabelSelector | undefined;
} {
  const field = root.at('spec', 'selector');
  return { field, selector: selectorAt(field) };
}

/**
 * Whether a listener of a Gateway accepts routes of a namespace by its labels.
 *
 * Source: RouteNamespaces of the Gateway API.
 */
export function acceptsNamespace(namespaces: Field, labels: Labels): boolean {
  return matches(selectorAt(namespaces.child('selector')), labels);
}
