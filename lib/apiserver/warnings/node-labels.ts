import { labelValue } from '../../kube/labels';
import { LABEL_MAX_LENGTH } from '../../kube/names';
import type { Field } from '../../manifest/field';
import type { Warnings } from './warning';

const DEPRECATED: ReadonlyMap<string, string> = new Map([
  ['beta.kubernetes.io/arch', 'deprecated since v1.14; use "kubernetes.io/arch" instead'],
  ['beta.kubernetes.io/os', 'deprecated since v1.14; use "kubernetes.io/os" instead'],
  [
    'failure-domain.beta.kubernetes.io/region',
    'deprecated since v1.17; use "topology.kubernetes.io/region" instead',
  ],
  [
    'failure-domain.beta.kubernetes.io/zone',
    'deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
  ],
  [
    'beta.kubernetes.io/instance-type',
    'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead',
  ],
]);

/** Those that the server knows since 1.31. */
const DEPRECATED_1_31: ReadonlyMap<string, string> = new Map([
  ['app.kubernetes.io/created-by', 'deprecated since v1.9'],
  [
    'scheduler.alpha.kubernetes.io/preferAvoidPods',
    'deprecated since v1.22; use Taints and Tolerations instead',
  ],
  ['node-role.kubernetes.io/master', 'use "node-role.kubernetes.io/control-plane" instead'],
]);

/**
 * What the server says of a label of nodes that is deprecated.
 *
 * @source k8s.io/kubernetes pkg/api/node/util.go GetNodeLabelDeprecatedMessage 1.37
 */
export function deprecatedNodeLabel(label: string, warnings: Warnings): string | undefined {
  const known = DEPRECATED.get(label);
  if (known !== undefined) return known;
  const later = DEPRECATED_1_31.get(label);
  return later !== undefined && warnings.since('1.31') ? later : undefined;
}

/**
 * A term of a node affinity.
 *
 * @param isPreferred whether the values are checked too, which validation does for required terms only
 * @source k8s.io/kubernetes pkg/api/node/util.go GetWarningsForNodeSelectorTerm 1.37
 */
export function nodeSelectorTerm(term: Field, isPreferred: boolean, warnings: Warnings): void {
  for (const expression of term.list('matchExpressions')) {
    const key = expression.child('key');
    const message = deprecatedNodeLabel(key.text, warnings);
    if (message !== undefined) warnings.add(key, `${key.text} is ${message}`);
    if (isPreferred && warnings.since('1.33')) labelValues(expression.child('values'), warnings);
  }
}

function labelValues(values: Field, warnings: Warnings): void {
  for (const value of values.items) {
    const problem = labelValue(value.text);
    if (problem !== undefined)
      warnings.add(value, `${value.text} is invalid, ${inFull(value.text, problem)}`);
  }
}

/** The server's errors also name the pattern. */
function inFull(text: string, problem: string): string {
  if (text.length > LABEL_MAX_LENGTH) return `must be no more than ${LABEL_MAX_LENGTH} bytes`;
  const examples = "(e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is";
  return `${problem} ${examples} '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')`;
}

/** `matchLabels` and `matchExpressions` of a selector of nodes. */
export function nodeSelector(selector: Field, warnings: Warnings): void {
  nodeSelectorTerm(selector, false, warnings);
  for (const label of selector.child('matchLabels').entries) {
    const message = deprecatedNodeLabel(label.name, warnings);
    if (message !== undefined) warnings.add(label, message);
  }
}
