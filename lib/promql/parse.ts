import type * as Promql from '@prometheus-io/lezer-promql';

/** The syntax tree of an expression. */
export type Tree = ReturnType<typeof Promql.parser.parse>;
export type Node = Tree['topNode'];

/** Prometheus 2 has `holt_winters`, which the grammar of Prometheus 3 does not: a name of the same length stands for it. */
const RENAMED = /\bholt_winters(?=\s*\()/g;
const STANDS_FOR_RENAMED = 'day_of_month';

/** Prometheus takes `5.` for a number, which the grammar does not. */
const OPEN_NUMBER = /(?<![\w.:])(\d+)\.(?![\w.])/g;

/**
 * The tree of any text: what the grammar does not take is an error in it. None where the text is nested deeper than the
 * parser can go, which calls itself: thousands of brackets or operators.
 */
export function parse(text: string): Tree | undefined {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- on first use: few manifests have alerts
  const { parser } = require('@prometheus-io/lezer-promql') as typeof Promql;
  try {
    return parser.parse(text.replace(RENAMED, STANDS_FOR_RENAMED).replace(OPEN_NUMBER, '$1 '));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** All nodes, in the order of the text. */
export function* nodesOf(tree: Tree): Generator<Node> {
  const cursor = tree.cursor();
  do yield cursor.node;
  while (cursor.next());
}

const EXPRESSIONS: ReadonlySet<string> = new Set([
  'AggregateExpr',
  'AnchoredExpr',
  'BinaryExpr',
  'FunctionCall',
  'MatrixSelector',
  'NumberDurationLiteral',
  'OffsetExpr',
  'ParenExpr',
  'SmoothedExpr',
  'StepInvariantExpr',
  'StringLiteral',
  'SubqueryExpr',
  'UnaryExpr',
  'VectorSelector',
]);

/** The expressions directly below a node. */
export function expressionsIn(node: Node): Node[] {
  return childrenOf(node).filter(({ name }) => EXPRESSIONS.has(name));
}

/** What is directly below a node. */
export function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(child);
  return children;
}
