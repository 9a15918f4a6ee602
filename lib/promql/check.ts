import { remembered } from '../kube/remembered';
import { nodesOf, parse } from './parse';
import type { PlacedProblem, PromqlProblem } from './problem';
import { located } from './problem';
import { stringProblems } from './strings';
import { describeSyntaxError } from './syntax';
import { typeProblems } from './types';

/** Characters of an expression that is looked at. */
const LONGEST = 100_000;

/**
 * What Prometheus says of the expression of a rule, in the order of the text: the first error of syntax, else wrong types,
 * numbers of arguments, escapes and regular expressions. None where the expression is longer than 100,000 characters,
 * or nested deeper than a parser can go.
 *
 * It does not know metrics, labels and feature flags: an experimental function passes.
 *
 * Sources: the grammar of Prometheus, in `@prometheus-io/lezer-promql`; `checkAST` of promql/parser/parse.go.
 */
export function promqlProblems(text: string): readonly PromqlProblem[] {
  return text.length > LONGEST ? [] : problemsOf(text);
}

/** Alerts are written once and rendered for each service and environment. */
const problemsOf = remembered((text): readonly PromqlProblem[] => {
  const tree = parse(text);
  if (tree === undefined) return [];
  const strings: PlacedProblem[] = [];
  for (const node of nodesOf(tree)) {
    if (node.type.isError) return [located(text, describeSyntaxError(text, node))];
    if (node.name === 'StringLiteral') strings.push(...stringProblems(text, node));
  }
  const found = [...strings, ...typeProblems(text, tree.topNode)];
  return found.sort((a, b) => a.at - b.at).map((each) => located(text, each));
}, 512);
