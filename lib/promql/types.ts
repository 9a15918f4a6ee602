import type { Signature, Type, ValueType } from './functions';
import { AGGREGATION_PARAMETERS, signatureOf } from './functions';
import { binaryProblems } from './binary';
import type { Node } from './parse';
import { expressionsIn } from './parse';
import type { PlacedProblem } from './problem';
import { selectorProblems } from './selector';

/** Expressions within each other that are looked into; what is deeper has any type. */
const DEEPEST = 200;

/** Wrong types and numbers of arguments below an expression without errors of syntax. */
export function typeProblems(text: string, top: Node): readonly PlacedProblem[] {
  const checker = new TypeChecker(text);
  const [expression] = expressionsIn(top);
  const type = expression && checker.typeOf(expression, 0);
  if (type === 'range vector' || type === 'string') {
    const hint = type === 'string' ? undefined : 'Apply a function such as rate to it.';
    checker.found.push({ message: `rule result is not a vector or scalar: it is a ${type}`, at: 0, hint });
  }
  return checker.found;
}

class TypeChecker {
  readonly found: PlacedProblem[] = [];
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The type of an expression; reports what is wrong inside it. Source: `checkAST` of promql/parser/parse.go. */
  typeOf(node: Node, depth: number): Type {
    if (depth > DEEPEST) return undefined;
    const inside = (child: Node): Type => this.typeOf(child, depth + 1);
    const [first] = expressionsIn(node);
    switch (node.name) {
      case 'NumberDurationLiteral':
        return 'scalar';
      case 'StringLiteral':
        return 'string';
      case 'VectorSelector':
        this.found.push(...selectorProblems(this.#text, node));
        return 'instant vector';
      case 'MatrixSelector':
        return this.#range(first, first && inside(first));
      case 'SubqueryExpr':
        return this.#subquery(node, first && inside(first));
      case 'FunctionCall':
        return this.#call(node, inside);
      case 'AggregateExpr':
        return this.#aggregate(node, inside);
      case 'BinaryExpr':
        return this.#binary(node, inside);
      case 'UnaryExpr':
        return this.#unary(node, first && inside(first));
      case 'OffsetExpr':
      case 'StepInvariantExpr':
        return this.#shifted(node, first, first && inside(first));
      default:
        return first && inside(first);
    }
  }

  #report(at: Node, message: string, hint?: string): void {
    this.found.push({ message, at: at.from, hint });
  }

  #textOf({ from, to }: Node): string {
    return this.#text.slice(from, to);
  }

  #range(selector: Node | undefined, type: Type): Type {
    if (selector !== undefined && selector.name !== 'VectorSelector') {
      const message = 'ranges only allowed for vector selectors';
      const hint = type === 'instant vector' ? 'A subquery has a colon: (…)[1h:5m].' : undefined;
      this.#report(selector, message, hint);
    }
    return 'range vector';
  }

  #subquery(node: Node, type: Type): Type {
    if (type !== undefined && type !== 'instant vector')
      this.#report(node, `subquery is only allowed on instant vector, got ${type} instead`);
    return 'range vector';
  }

  #unary(node: Node, type: Type): Type {
    if (type === 'string' || type === 'range vector')
      this.#report(
        node,
        `unary expression only allowed on expressions of type scalar or instant vector, got ${type}`,
      );
    return type;
  }

  #call(node: Node, inside: (child: Node) => Type): Type {
    const [callee, body] = [node.getChild('FunctionIdentifier'), node.getChild('FunctionCallBody')];
    const name = callee === null ? '' : this.#textOf(callee);
    const given = body === null ? [] : expressionsIn(body);
    const types = given.map(inside);
    const signature = signatureOf(name.toLowerCase());
    if (signature === undefined) return 'instant vector';
    this.#checkCount(node, name, given.length, signature);
    for (const [index, type] of types.entries()) {
      const expected = signature.takes[Math.min(index, signature.takes.length - 1)];
      this.#expect(given[index] ?? node, type, expected, `call to function "${name}"`);
    }
    return signature.returns;
  }

  #checkCount(node: Node, name: string, given: number, { takes, optional, variadic }: Signature): void {
    const [least, most] = [takes.length - optional, variadic ? Infinity : takes.length];
    if (given >= least && given <= most) return;
    const bound = least === most ? '' : given < least ? 'at least ' : 'at most ';
    const message = `expected ${bound}${given < least ? least : most} argument(s) in call to "${name}", got ${given}`;
    this.#report(node, message);
  }

  #expect(node: Node, type: Type, expected: ValueType | undefined, where: string): void {
    if (type === undefined || expected === undefined || type === expected) return;
    const hint =
      expected === 'range vector' && type === 'instant vector'
        ? `Add a range: ${node.name === 'VectorSelector' ? this.#textOf(node).slice(0, 80) : '…'}[5m].`
        : undefined;
    this.#report(node, `expected type ${expected} in ${where}, got ${type}`, hint);
  }

  #aggregate(node: Node, inside: (child: Node) => Type): Type {
    const [operator, body] = [node.getChild('AggregateOp'), node.getChild('FunctionCallBody')];
    const name = operator === null ? '' : this.#textOf(operator);
    const given = body === null ? [] : expressionsIn(body);
    const types = given.map(inside);
    const parameter = AGGREGATION_PARAMETERS[name.toLowerCase()];
    const takes: readonly ValueType[] = [...(parameter === undefined ? [] : [parameter]), 'instant vector'];
    if (given.length !== takes.length) {
      const message = `wrong number of arguments for aggregate expression provided, expected ${takes.length}, got ${given.length}`;
      this.#report(node, message);
    } else {
      for (const [index, type] of types.entries())
        this.#expect(given[index] ?? node, type, takes[index], `aggregation "${name}"`);
    }
    return 'instant vector';
  }

  #binary(node: Node, inside: (child: Node) => Type): Type {
    const types = expressionsIn(node).map(inside);
    for (const problem of binaryProblems(this.#text, node, types)) this.found.push(problem);
    return types.length === 2 && types.every((type) => type === 'scalar') ? 'scalar' : 'instant vector';
  }

  /** Only selectors have a time of their own. */
  #shifted(node: Node, of: Node | undefined, type: Type): Type {
    if (of !== undefined && UNSHIFTED.has(of.name)) {
      const modifier = node.name === 'OffsetExpr' ? 'offset modifier' : '@ modifier';
      const message = `${modifier} must be preceded by an instant vector selector or range vector selector or a subquery`;
      this.#report(node, message, 'Put it behind the selector, inside the parentheses.');
    }
    return type;
  }
}

const UNSHIFTED: ReadonlySet<string> = new Set([
  'AggregateExpr',
  'FunctionCall',
  'NumberDurationLiteral',
  'ParenExpr',
]);
