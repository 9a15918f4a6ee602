import type { Labels } from '../kube/labels';
import type { Field } from '../manifest/field';
import { every, some, type Verdict } from './taints';

/** The labels of a node, as far as they are known. */
export interface NodeLabels {
  readonly labels: Labels;
  /** Whether a node may have a label that is not among these. */
  readonly mayHave: (key: string) => boolean;
}

/**
 * Whether the `nodeSelector` and the required node affinity of a pod take a node.
 *
 * @source k8s.io/component-helpers scheduling/corev1/nodeaffinity/nodeaffinity.go RequiredNodeAffinity.Match 1.36
 */
export function takesNode(spec: Field, node: NodeLabels): Verdict {
  const pairs = hasLabels(spec.child('nodeSelector'), node);
  const required = spec.at('affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution');
  if (!required.isSet) return pairs;
  return every([pairs, some(required.list('nodeSelectorTerms').map((term) => meetsTerm(term, node)))]);
}

/** Whether a node has all labels of a `nodeSelector`. */
export function hasLabels(selector: Field, node: NodeLabels): Verdict {
  return every(selector.entries.map(({ name, value }) => hasLabel(node, name, value)));
}

function hasLabel({ labels, mayHave }: NodeLabels, key: string, value: unknown): Verdict {
  if (Object.hasOwn(labels, key)) return labels[key] === value ? 'yes' : 'no';
  return mayHave(key) ? 'unknown' : 'no';
}

/** A term without requirements takes no node. Which node has a name (`matchFields`) nobody knows. */
function meetsTerm(term: Field, node: NodeLabels): Verdict {
  const [expressions, fields] = [term.list('matchExpressions'), term.list('matchFields')];
  if (expressions.length === 0 && fields.length === 0) return 'no';
  return every([
    ...expressions.map((each) => meets(each, node)),
    ...(fields.length > 0 ? ['unknown' as const] : []),
  ]);
}

function meets(requirement: Field, { labels, mayHave }: NodeLabels): Verdict {
  const key = requirement.child('key').text;
  const values = requirement.child('values').texts;
  if (!Object.hasOwn(labels, key) && mayHave(key)) return 'unknown';
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (requirement.child('operator').text) {
    case 'In':
      return toVerdict(value !== undefined && values.includes(value));
    case 'NotIn':
      return toVerdict(value === undefined || !values.includes(value));
    case 'Exists':
      return toVerdict(value !== undefined);
    case 'DoesNotExist':
      return toVerdict(value === undefined);
    case 'Gt':
      return toVerdict(value !== undefined && Number(value) > Number(values[0]));
    case 'Lt':
      return toVerdict(value !== undefined && Number(value) < Number(values[0]));
    default:
      return 'unknown';
  }
}

function toVerdict(holds: boolean): Verdict {
  return holds ? 'yes' : 'no';
}
