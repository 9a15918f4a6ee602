import { SeaworthyError, type Problem } from '../errors';
import { parseQuantity, quantityProblem, type Quantity } from '../kube/quantity';
import { describeValue, isPlainRecord } from '../manifest/data';
import { listItems } from '../manifest/foreign';
import { Field } from '../manifest/field';
import type { NodeSpec } from './node-spec';
import { resourcesOf } from './pods/resources';
import type { NodeFacts } from './state/node';

/** How many pods a kubelet takes unless it is told (`maxPods` of KubeletConfiguration). */
const USUAL_PODS = 110;

/**
 * Nodes as the scheduler counts them.
 *
 * @throws SeaworthyError NOT_AN_OBJECT for what is no node; INVALID_NODE for one without `allocatable`; INVALID_QUANTITY;
 * DUPLICATE_NAME
 */
export function readNodes(nodes: readonly NodeSpec[]): NodeFacts[] {
  const problems: Problem[] = [];
  const names = new Map<string, string>();
  const facts = listItems(nodes, 'nodes').flatMap(({ value, place }) => {
    const found = readNode(value, place, problems);
    if (found === undefined) return [];
    const before = names.get(found.name);
    if (before !== undefined)
      problems.push({
        code: 'DUPLICATE_NAME',
        place,
        path: 'name',
        message: `node "${found.name}" is ${before} already`,
        hint: 'Each node has a name of its own.',
      });
    names.set(found.name, place);
    return [found];
  });
  const [first, ...others] = problems;
  if (first !== undefined) throw new SeaworthyError(first, ...others);
  return facts;
}

function readNode(value: unknown, place: string, problems: Problem[]): NodeFacts | undefined {
  if (!isPlainRecord(value)) {
    problems.push({ code: 'NOT_AN_OBJECT', place, message: `expected a node, got ${describeValue(value)}` });
    return undefined;
  }
  const node = Field.root(value);
  const name = node.child('name').text;
  if (name === '') {
    const hint = 'A Node object is made one by nodeSpecs().';
    problems.push({ code: 'INVALID_NODE', place, path: 'name', message: 'the node has no name', hint });
    return undefined;
  }
  const amounts = allocatableOf(node, `${place} "${name}"`, problems);
  const pods = amounts.get('pods');
  return {
    name,
    labels: node.child('labels').labels,
    taints: node.list('taints').map((taint) => ({
      key: taint.child('key').text,
      value: taint.child('value').text,
      effect: taint.child('effect').text,
    })),
    isUnschedulable: node.child('unschedulable').isTrue,
    images: node.list('images').map((image) => ({
      names: image.child('names').texts,
      sizeBytes: image.child('sizeBytes').number,
    })),
    allocatable: {
      ...resourcesOf(amounts),
      pods: pods === undefined ? USUAL_PODS : Number(pods.nanos / 10n ** 9n),
    },
  };
}

function allocatableOf(node: Field, place: string, problems: Problem[]): Map<string, Quantity> {
  const field = node.child('allocatable');
  const amounts = new Map<string, Quantity>();
  if (field.size === 0)
    problems.push({
      code: 'INVALID_NODE',
      place,
      path: 'allocatable',
      message: 'nothing says what the node offers to pods',
      hint: 'Set allocatable: { cpu, memory, pods }, as status.allocatable of the Node has it.',
    });
  for (const { name, path, value } of field.entries) {
    const text = typeof value === 'string' || typeof value === 'number' ? value : describeValue(value);
    const amount = parseQuantity(text);
    if (amount !== undefined) amounts.set(name, amount);
    else
      problems.push({
        code: 'INVALID_QUANTITY',
        place,
        path,
        message: `"${text}" ${quantityProblem(text) ?? 'is no quantity'}`,
      });
  }
  return amounts;
}
