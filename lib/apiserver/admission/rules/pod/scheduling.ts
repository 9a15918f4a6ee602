import { labelKey, labelValue } from '../../../../kube/labels';
import { dnsLabel, qualifiedName } from '../../../../kube/names';
import type { CheckedField } from '../../checked-field';
import { labelSelector, nodeSelector, nodeSelectorTerm } from '../selectors';

export const TAINT_EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/**
 * `affinity` of a pod; its labels are known unless it is a template.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateAffinity 1.36
 */
export function affinity(field: CheckedField, podLabels: CheckedField): void {
  const node = field.child('nodeAffinity');
  const required = node.child('requiredDuringSchedulingIgnoredDuringExecution');
  if (required.isSet) nodeSelector(required);
  for (const term of node.child('preferredDuringSchedulingIgnoredDuringExecution').items) {
    term.child('weight').mustBeWithin(1, 100);
    nodeSelectorTerm(term.child('preference'), false);
  }
  for (const pods of [field.child('podAffinity'), field.child('podAntiAffinity')]) {
    for (const term of pods.child('requiredDuringSchedulingIgnoredDuringExecution').items)
      podTerm(term, podLabels);
    for (const term of pods.child('preferredDuringSchedulingIgnoredDuringExecution').items) {
      term.child('weight').mustBeWithin(1, 100);
      podTerm(term.child('podAffinityTerm'), podLabels);
    }
  }
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validatePodAffinityTerm 1.36 */
function podTerm(term: CheckedField, podLabels: CheckedField): void {
  labelSelector(term.child('labelSelector'));
  labelSelector(term.child('namespaceSelector'));
  for (const namespace of term.child('namespaces').texts) {
    // The server reports neither the list nor the item.
    const problem = dnsLabel(namespace);
    if (problem !== undefined) term.child('namespace').holding(namespace).invalid(problem);
  }
  labelKeys(term, ['matchLabelKeys', 'mismatchLabelKeys'], podLabels);
  const topology = term.child('topologyKey');
  topology.needs();
  topology.must(labelKey);
}

/**
 * Keys whose values a selector takes from the pod itself (`matchLabelKeys`, KEP-3633 and KEP-3243). The server adds
 * them to the selector of a pod before validation; a key that is already in the selector is an error.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateLabelKeys, ValidateMatchLabelKeysAndMismatchLabelKeys 1.36
 */
function labelKeys(term: CheckedField, lists: readonly string[], podLabels: CheckedField): void {
  const selector = term.child('labelSelector');
  for (const name of lists) {
    const list = term.child(name);
    if (list.size === 0) continue;
    if (!selector.isSet) list.forbidden('must not be set without labelSelector');
    else for (const key of list.items) key.must(labelKey);
  }
  const matched = term.child('matchLabelKeys');
  const named = new Set(selector.child('matchLabels').entries.map((entry) => entry.name));
  const expressions = selector.child('matchExpressions').items.map((each) => each.child('key').text);
  const taken = lists.flatMap((name) => term.child(name).texts).filter((key) => podLabels.key(key).isSet);
  for (const key of selector.isSet ? [...expressions, ...taken] : []) {
    const index = matched.texts.lastIndexOf(key);
    if (index >= 0 && named.has(key))
      term.key(String(index)).holding(key).invalid('exists in both matchLabelKeys and labelSelector');
    named.add(key);
  }
  const mismatched = lists.includes('mismatchLabelKeys') ? term.child('mismatchLabelKeys').texts : [];
  for (const key of matched.items) {
    if (mismatched.includes(key.text)) key.invalid('exists in both matchLabelKeys and mismatchLabelKeys');
  }
}

/** The rule before 1.34: a key must not be anywhere in the selector. */
function labelKeysOnce(term: CheckedField): void {
  const [list, selector] = [term.child('matchLabelKeys'), term.child('labelSelector')];
  if (list.size === 0) return;
  if (!selector.isSet) list.forbidden('must not be set without labelSelector');
  const named = new Set([
    ...selector.child('matchLabels').entries.map((entry) => entry.name),
    ...selector.child('matchExpressions').items.map((requirement) => requirement.child('key').text),
  ]);
  for (const key of list.items) {
    key.must(labelKey);
    if (named.has(key.text)) key.invalid('exists in both matchLabelKeys and labelSelector');
  }
}

/**
 * `tolerations` of a pod.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateTolerations 1.36
 */
export function tolerations(list: CheckedField): void {
  for (const toleration of list.items) {
    const [key, operator, value, effect] = ['key', 'operator', 'value', 'effect'].map((name) =>
      toleration.child(name),
    ) as [CheckedField, CheckedField, CheckedField, CheckedField];
    if (key.text !== '') key.must(labelKey);
    else if (operator.text !== 'Exists')
      operator.invalid(
        'operator must be Exists when `key` is empty, which means "match all values and all keys"',
      );
    if (toleration.child('tolerationSeconds').isSet && effect.text !== 'NoExecute') {
      effect.invalid("effect must be 'NoExecute' when `tolerationSeconds` is set");
    }
    if (operator.text === 'Exists') {
      if (value.text !== '') operator.invalid('must not be Exists where there is a value');
    } else if (operator.text === 'Equal' || operator.text === '') {
      const problem = labelValue(value.text);
      if (problem !== undefined) operator.holding(value.text).invalid(problem);
    } else operator.notSupported(['Equal', 'Exists']);
    if (effect.text !== '') effect.mustBeOneOf(TAINT_EFFECTS);
  }
}

/**
 * `topologySpreadConstraints` of a pod.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateTopologySpreadConstraints, ValidateMatchLabelKeysInTopologySpread 1.36
 */
export function spreadConstraints(list: CheckedField, podLabels: CheckedField): void {
  const items = list.items;
  const kindOf = (each: CheckedField): string =>
    JSON.stringify([each.child('topologyKey').text, each.child('whenUnsatisfiable').text]);
  const last = new Map(items.map((each, index) => [kindOf(each), index]));
  for (const [index, constraint] of items.entries()) {
    const [skew, action, domains] = ['maxSkew', 'whenUnsatisfiable', 'minDomains'].map((name) =>
      constraint.child(name),
    ) as [CheckedField, CheckedField, CheckedField];
    skew.mustBeAtLeast(1);
    constraint.child('topologyKey').needs();
    action.mustBeOneOf(['DoNotSchedule', 'ScheduleAnyway']);
    if (last.get(kindOf(constraint)) !== index) {
      constraint.child('{topologyKey, whenUnsatisfiable}').duplicate();
    }
    if (domains.isSet) {
      domains.mustBeAtLeast(1);
      if (action.text !== 'DoNotSchedule')
        domains.invalid('must not be set unless whenUnsatisfiable is DoNotSchedule');
    }
    for (const name of ['nodeAffinityPolicy', 'nodeTaintsPolicy']) {
      const policy = constraint.child(name);
      if (policy.isSet) policy.mustBeOneOf(['Honor', 'Ignore']);
    }
    if (constraint.child('matchLabelKeys').size > 0) {
      if (constraint.isOn('MatchLabelKeysInPodTopologySpreadSelectorMerge'))
        labelKeys(constraint, ['matchLabelKeys'], podLabels);
      else labelKeysOnce(constraint);
    }
    labelSelector(constraint.child('labelSelector'));
  }
}

/**
 * Readiness and scheduling gates of a pod.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateReadinessGates, validateSchedulingGates 1.36
 */
export function gates(spec: CheckedField): void {
  for (const gate of spec.child('readinessGates').items) gate.child('conditionType').must(qualifiedName);
  const seen = new Set<string>();
  for (const gate of spec.child('schedulingGates').items) {
    const { text } = gate.child('name');
    const problem = qualifiedName(text);
    if (problem !== undefined) gate.holding(text).invalid(problem);
    if (seen.has(text)) gate.duplicate();
    seen.add(text);
  }
}
