import { problemAt } from '../problem';
import type { CelProblem } from '../problem';
import type { Expr, ListLiteral, MapLiteral } from '../syntax/expression';
import type { Checked } from './checker';
import type { Type } from './type';
import { DYN, describeType, same, unwrapped } from './type';

/**
 * The elements of a list or map literal must have one type: Kubernetes rejects mixed literals, except as the arguments
 * of a format.
 */
export function checkElements({ root, types }: Checked, text: string): CelProblem[] {
  const problems: CelProblem[] = [];
  const typeOf = (expr: Expr, isOptional: boolean): Type => {
    const type = types.get(expr) ?? DYN;
    return isOptional ? unwrapped(type)[0] : type;
  };
  const oneType = (elements: readonly (readonly [Expr, boolean])[]): void => {
    const [first] = elements;
    if (first === undefined) return;
    const type = typeOf(...first);
    const other = elements.find((element) => !same(type, typeOf(...element)));
    if (other === undefined) return;
    const [wanted, found] = [describeType(type), describeType(typeOf(...other))];
    problems.push(problemAt(text, other[0].at, `expected type ${wanted} like the first, and found ${found}`));
  };
  const ofList = ({ items }: ListLiteral): void =>
    oneType(items.map(({ value, isOptional }) => [value, isOptional]));
  const ofMap = ({ entries }: MapLiteral): void => {
    oneType(entries.map(({ key }) => [key, false]));
    oneType(entries.map(({ value, isOptional }) => [value, isOptional]));
  };
  const seen = new Set<Expr>();
  const walk = (expr: Expr): void => {
    if (seen.has(expr)) return;
    seen.add(expr);
    if (expr.kind === 'list') ofList(expr);
    if (expr.kind === 'map') ofMap(expr);
    if (expr.kind === 'call' && expr.name === 'format') return;
    for (const part of partsOf(expr)) walk(part);
  };
  walk(root);
  return problems;
}

/** The direct parts of an expression. */
function partsOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'literal':
    case 'ident':
      return [];
    case 'select':
      return [expr.operand];
    case 'call':
      return expr.target === undefined ? expr.args : [expr.target, ...expr.args];
    case 'list':
      return expr.items.map(({ value }) => value);
    case 'map':
      return expr.entries.flatMap(({ key, value }) => [key, value]);
    case 'struct':
      return expr.fields.map(({ value }) => value);
    case 'comprehension':
      return [expr.range, expr.init, expr.condition, expr.step, expr.result];
  }
}
