import { Pattern } from '../kube/pattern';
import type { Node } from './parse';
import { childrenOf } from './parse';
import type { PlacedProblem } from './problem';
import { unquoted } from './strings';

interface Matcher {
  readonly label: string;
  readonly operator: string;
  readonly value: string;
}

/** What is wrong with a selector of series. Source: `checkAST` of promql/parser/parse.go. */
export function selectorProblems(text: string, node: Node): readonly PlacedProblem[] {
  const name = node.getChild('Identifier');
  const given = childrenOf(node.getChild('LabelMatchers') ?? node).filter(
    (each) => each.name !== 'Identifier',
  );
  const matchers = given.map((each) => matcherOf(text, each));
  const metric = matchers.find(({ label, operator }) => label === '__name__' && operator === 'EqlSingle');
  if (name !== null && metric !== undefined) {
    const message = `metric name must not be set twice: "${text.slice(name.from, name.to)}" or "${metric.value}"`;
    return [{ message, at: node.from }];
  }
  if (name !== null || !matchers.every(matchesNothing)) return [];
  return [{ message: 'vector selector must contain at least one non-empty matcher', at: node.from }];
}

/** A matcher; a name in quotes alone is that of the metric. */
function matcherOf(text: string, node: Node): Matcher {
  const textOf = (child: Node | null): string => (child === null ? '' : text.slice(child.from, child.to));
  const valueOf = (child: Node | null): string => {
    const value = child === null ? '' : unquoted(textOf(child));
    return typeof value === 'string' ? value : '?';
  };
  if (node.name === 'QuotedLabelName')
    return { label: '__name__', operator: 'EqlSingle', value: valueOf(node) };
  const operator = node.getChild('MatchOp')?.firstChild?.name ?? '';
  return { label: textOf(node.firstChild), operator, value: valueOf(node.lastChild) };
}

/** Whether a matcher matches series without the label. */
function matchesNothing({ operator, value }: Matcher): boolean {
  if (operator === 'EqlSingle') return value === '';
  if (operator === 'Neq') return value !== '';
  const matches = new Pattern(`^(?:${value})$`).test('');
  return operator === 'EqlRegex' ? matches : !matches;
}
