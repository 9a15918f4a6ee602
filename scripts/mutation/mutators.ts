import ts from 'typescript';
import type { Mutant, MutatorName } from './mutant';

const { SyntaxKind } = ts;

type Swap = readonly [kind: MutatorName, operator: string];

/** What stands in for an operator between two expressions. */
const OPERATORS: ReadonlyMap<ts.SyntaxKind, readonly Swap[]> = new Map([
  [
    SyntaxKind.LessThanToken,
    [
      ['boundary', '<='],
      ['equality', '>='],
    ],
  ],
  [
    SyntaxKind.LessThanEqualsToken,
    [
      ['boundary', '<'],
      ['equality', '>'],
    ],
  ],
  [
    SyntaxKind.GreaterThanToken,
    [
      ['boundary', '>='],
      ['equality', '<='],
    ],
  ],
  [
    SyntaxKind.GreaterThanEqualsToken,
    [
      ['boundary', '>'],
      ['equality', '<'],
    ],
  ],
  [SyntaxKind.EqualsEqualsEqualsToken, [['equality', '!==']]],
  [SyntaxKind.ExclamationEqualsEqualsToken, [['equality', '===']]],
  [SyntaxKind.EqualsEqualsToken, [['equality', '!=']]],
  [SyntaxKind.ExclamationEqualsToken, [['equality', '==']]],
  [SyntaxKind.AmpersandAmpersandToken, [['logic', '||']]],
  [SyntaxKind.BarBarToken, [['logic', '&&']]],
  [SyntaxKind.QuestionQuestionToken, [['logic', '&&']]],
  [SyntaxKind.PlusToken, [['arithmetic', '-']]],
  [SyntaxKind.MinusToken, [['arithmetic', '+']]],
  [SyntaxKind.AsteriskToken, [['arithmetic', '/']]],
  [SyntaxKind.SlashToken, [['arithmetic', '*']]],
  [SyntaxKind.PercentToken, [['arithmetic', '*']]],
  [SyntaxKind.PlusEqualsToken, [['assignment', '-=']]],
  [SyntaxKind.MinusEqualsToken, [['assignment', '+=']]],
] as [ts.SyntaxKind, readonly Swap[]][]);

/** What stands in for the name of a method; `undefined` leaves the call away and keeps what it is called on. */
const METHODS: ReadonlyMap<string, string | undefined> = new Map([
  ['every', 'some'],
  ['some', 'every'],
  ['startsWith', 'endsWith'],
  ['endsWith', 'startsWith'],
  ['toLowerCase', 'toUpperCase'],
  ['toUpperCase', 'toLowerCase'],
  ['min', 'max'],
  ['max', 'min'],
  ['filter', undefined],
  ['sort', undefined],
  ['reverse', undefined],
  ['trim', undefined],
  ['slice', undefined],
]);

/** Properties that hold prose for the reference pages; what holds those pages are the tests of the documentation. */
const PROSE: ReadonlySet<string> = new Set(['about', 'why', 'example']);

const FILLER = "'mutated'";

/** All mutants of a source, in the order of their places. */
export function mutantsOf(file: string, text: string): Mutant[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const mutants: Mutant[] = [];
  const visit = (node: ts.Node): void => {
    if (isOutside(node)) return;
    for (const { kind, replacement, of = node } of replacementsOf(node)) {
      const start = of.getStart(source);
      const { line, character } = source.getLineAndCharacterOfPosition(start);
      const original = text.slice(start, of.end);
      if (original === replacement) continue;
      mutants.push({
        file,
        line: line + 1,
        column: character + 1,
        start,
        end: of.end,
        original,
        replacement,
        kind,
      });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return mutants;
}

/** Types, imports and prose: nothing there is behaviour of the room. */
function isOutside(node: ts.Node): boolean {
  if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return true;
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return true;
  return ts.isPropertyAssignment(node) && PROSE.has(node.name.getText());
}

interface Replacement {
  readonly kind: MutatorName;
  readonly replacement: string;
  /** @default the node that was asked about */
  readonly of?: ts.Node;
}

function replacementsOf(node: ts.Node): Replacement[] {
  if (ts.isBinaryExpression(node)) return ofOperator(node);
  if (ts.isPrefixUnaryExpression(node)) return ofPrefix(node);
  if (ts.isPostfixUnaryExpression(node)) {
    const sign = node.operator === SyntaxKind.PlusPlusToken ? '--' : '++';
    return [{ kind: 'update', replacement: `${node.operand.getText()}${sign}` }];
  }
  if (ts.isIfStatement(node) || ts.isWhileStatement(node))
    return ofCondition(node.expression, ts.isWhileStatement(node));
  if (ts.isForStatement(node) && node.condition !== undefined) return ofCondition(node.condition, true);
  if (ts.isConditionalExpression(node)) return ofCondition(node.condition);
  if (ts.isCallExpression(node)) return ofCall(node);
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) return ofChain(node);
  if (ts.isBlock(node)) return ofBlock(node);
  if (ts.isArrowFunction(node)) return ofArrow(node);
  return ofLiteral(node);
}

function ofOperator(node: ts.BinaryExpression): Replacement[] {
  const { left, operatorToken, right } = node;
  return (OPERATORS.get(operatorToken.kind) ?? []).map(([kind, operator]) => ({
    kind,
    replacement: `${left.getText()} ${operator} ${right.getText()}`,
  }));
}

function ofPrefix(node: ts.PrefixUnaryExpression): Replacement[] {
  const operand = node.operand.getText();
  if (node.operator === SyntaxKind.ExclamationToken) return [{ kind: 'negation', replacement: operand }];
  if (node.operator === SyntaxKind.MinusToken) return [{ kind: 'arithmetic', replacement: operand }];
  if (node.operator === SyntaxKind.PlusPlusToken) return [{ kind: 'update', replacement: `--${operand}` }];
  return node.operator === SyntaxKind.MinusMinusToken
    ? [{ kind: 'update', replacement: `++${operand}` }]
    : [];
}

/** A condition that always, and one that never holds; loops that never end tell nothing. */
function ofCondition(condition: ts.Expression, isLoop = false): Replacement[] {
  return (isLoop ? ['false'] : ['true', 'false']).map((replacement) => ({
    kind: 'condition',
    replacement,
    of: condition,
  }));
}

function ofCall(node: ts.CallExpression): Replacement[] {
  const callee = node.expression;
  if (!ts.isPropertyAccessExpression(callee)) return ofChain(node);
  const name = callee.name.text;
  const found: Replacement[] = [...ofChain(node)];
  if (!METHODS.has(name)) return found;
  const other = METHODS.get(name);
  const receiver = callee.expression.getText();
  const [chain, text] = [outermost(node), node.getText()];
  const instead =
    other === undefined
      ? receiver
      : receiver +
        text.slice(receiver.length, callee.name.getStart() - node.getStart()) +
        other +
        text.slice(callee.name.end - node.getStart());
  found.push({ kind: 'method', replacement: instead + chain.getText().slice(text.length), of: chain });
  return found;
}

/** A chain without one of its question marks. */
function ofChain(
  node: ts.PropertyAccessExpression | ts.ElementAccessExpression | ts.CallExpression,
): Replacement[] {
  const { questionDotToken: mark } = node;
  if (mark === undefined) return [];
  const chain = outermost(node);
  const at = mark.getStart() - chain.getStart();
  const text = chain.getText();
  const dot = ts.isPropertyAccessExpression(node) ? '.' : '';
  return [{ kind: 'chaining', replacement: text.slice(0, at) + dot + text.slice(at + 2), of: chain }];
}

/** The whole of a chain of accesses and calls: `a?.b` alone cannot be put in parentheses without changing `a?.b.c`. */
function outermost(node: ts.Node): ts.Node {
  const { parent } = node;
  const goesOn =
    (ts.isPropertyAccessExpression(parent) ||
      ts.isElementAccessExpression(parent) ||
      ts.isCallExpression(parent)) &&
    parent.expression === node;
  return goesOn ? outermost(parent) : node;
}

function ofBlock(node: ts.Block): Replacement[] {
  if (node.statements.length === 0 || ts.isTryStatement(node.parent)) return [];
  return [{ kind: 'block', replacement: '{}' }];
}

/** A function that returns nothing. */
function ofArrow({ body }: ts.ArrowFunction): Replacement[] {
  if (ts.isBlock(body) || body.getText() === 'undefined') return [];
  return [{ kind: 'function', replacement: 'undefined', of: body }];
}

function ofLiteral(node: ts.Node): Replacement[] {
  if (node.kind === SyntaxKind.TrueKeyword) return [{ kind: 'boolean', replacement: 'false' }];
  if (node.kind === SyntaxKind.FalseKeyword) return [{ kind: 'boolean', replacement: 'true' }];
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
    if (isName(node)) return [];
    return [{ kind: 'string', replacement: node.text === '' ? FILLER : "''" }];
  }
  if (ts.isTemplateExpression(node)) return isName(node) ? [] : [{ kind: 'string', replacement: '``' }];
  if (ts.isNumericLiteral(node) || ts.isBigIntLiteral(node)) return ofNumber(node);
  if (ts.isRegularExpressionLiteral(node)) return ofRegex(node.text);
  if (ts.isArrayLiteralExpression(node)) return ofArray(node);
  const isObject = ts.isObjectLiteralExpression(node) && node.properties.length > 0;
  return isObject && !isTarget(node) ? [{ kind: 'object', replacement: '{}' }] : [];
}

function ofArray(node: ts.ArrayLiteralExpression): Replacement[] {
  if (isTarget(node)) return [];
  return [{ kind: 'array', replacement: node.elements.length > 0 ? '[]' : `[${FILLER}]` }];
}

/** One more than the number. */
function ofNumber(node: ts.NumericLiteral | ts.BigIntLiteral): Replacement[] {
  if (isName(node)) return [];
  const isBig = ts.isBigIntLiteral(node);
  const value = isBig ? BigInt(node.text.slice(0, -1)) + 1n : Number(node.text) + 1;
  return [{ kind: 'number', replacement: isBig ? `${value}n` : String(value) }];
}

/** A pattern without its anchors. */
function ofRegex(literal: string): Replacement[] {
  const end = literal.lastIndexOf('/');
  const [pattern, flags] = [literal.slice(1, end), literal.slice(end)];
  const found: Replacement[] = [];
  if (pattern.startsWith('^') && pattern.length > 1)
    found.push({ kind: 'regex', replacement: `/${pattern.slice(1)}${flags}` });
  if (/[^\\]\$$/.test(pattern))
    found.push({ kind: 'regex', replacement: `/${pattern.slice(0, -1)}${flags}` });
  return found;
}

/** Whether a literal is a name and not a value: of a property, or what a tag is applied to. */
function isName(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isTaggedTemplateExpression(parent)) return true;
  return (ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(parent)) && parent.name === node;
}

/** Whether a literal is what is assigned to: `[a, b] = pair`. */
function isTarget(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isBinaryExpression(parent))
    return parent.operatorToken.kind === SyntaxKind.EqualsToken && parent.left === node;
  return ts.isForOfStatement(parent) && parent.initializer === node;
}
