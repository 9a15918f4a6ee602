import { parseInt64 } from '../../kube/parse-int';
import type { Labels } from '../../kube/labels';
import type { Field } from '../../manifest/field';

/** What is asked of a node, by its labels and its name. */
export interface NodeView {
  readonly name: string;
  readonly labels: Labels;
}

export type NodeTest = (node: NodeView) => boolean;

/**
 * Whether the `nodeSelector` and the required node affinity of a pod take a node.
 *
 * @source k8s.io/component-helpers scheduling/corev1/nodeaffinity/nodeaffinity.go RequiredNodeAffinity.Match 1.36
 */
export function requiredNodes(spec: Field): NodeTest {
  const pairs = Object.entries(spec.child('nodeSelector').labels);
  const hasPairs: NodeTest = ({ labels }) => pairs.every(([key, value]) => valueOf(labels, key) === value);
  const required = spec.at('affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution');
  if (!required.isSet) return hasPairs;
  const affinity = nodeSelector(required);
  return (node) => hasPairs(node) && affinity(node);
}

/** Whether one of the terms of a NodeSelector takes a node. */
export function nodeSelector(field: Field): NodeTest {
  const terms = field.list('nodeSelectorTerms').map(nodeTerm);
  return (node) => terms.some((takes) => takes(node));
}

/** Whether a term takes a node. One without requirements takes none. */
export function nodeTerm(term: Field): NodeTest {
  const [expressions, fields] = [term.list('matchExpressions'), term.list('matchFields')];
  if (expressions.length === 0 && fields.length === 0) return () => false;
  const tests = [...expressions.map(labelTest), ...fields.map(fieldTest)];
  return (node) => tests.every((test) => test(node));
}

/** The names that a term limits a pod to by `metadata.name`; none where it names none. */
export function namesIn(term: Field): ReadonlySet<string> | undefined {
  const lists = term
    .list('matchFields')
    .filter((each) => each.child('key').text === 'metadata.name' && each.child('operator').text === 'In')
    .map((each) => each.child('values').texts);
  const [first, ...others] = lists;
  if (first === undefined) return undefined;
  return new Set(first.filter((name) => others.every((list) => list.includes(name))));
}

function fieldTest(field: Field): NodeTest {
  const values = field.child('values').texts;
  const isNot = field.child('operator').text === 'NotIn';
  if (field.child('key').text !== 'metadata.name') return () => false;
  return ({ name }) => values.includes(name) !== isNot;
}

/** @source k8s.io/apimachinery pkg/labels/selector.go Requirement.Matches 1.36 */
function labelTest(field: Field): NodeTest {
  const key = field.child('key').text;
  const values = field.child('values').texts;
  switch (field.child('operator').text) {
    case 'In':
      return ({ labels }) => values.includes(valueOf(labels, key) ?? '') && Object.hasOwn(labels, key);
    case 'NotIn':
      return ({ labels }) => !Object.hasOwn(labels, key) || !values.includes(valueOf(labels, key) ?? '');
    case 'Exists':
      return ({ labels }) => Object.hasOwn(labels, key);
    case 'DoesNotExist':
      return ({ labels }) => !Object.hasOwn(labels, key);
    case 'Gt':
      return comparison(key, values[0] ?? '', (value, bound) => value > bound);
    case 'Lt':
      return comparison(key, values[0] ?? '', (value, bound) => value < bound);
    default:
      return () => false;
  }
}

/** Both sides have to be whole numbers; others match no node. */
function comparison(key: string, text: string, holds: (value: bigint, bound: bigint) => boolean): NodeTest {
  const bound = parseInt64(text);
  return ({ labels }) => {
    const value = parseInt64(valueOf(labels, key) ?? '');
    return value !== undefined && bound !== undefined && holds(value, bound);
  };
}

function valueOf(labels: Labels, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}
