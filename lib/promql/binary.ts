import type { Type } from './functions';
import type { Node } from './parse';
import { childrenOf, expressionsIn } from './parse';
import type { PlacedProblem } from './problem';

const OPERATORS: ReadonlyMap<string, 'arithmetic' | 'comparison' | 'set'> = new Map([
  ...['Pow', 'Mul', 'Div', 'Mod', 'Atan2', 'Add', 'Sub', 'TrimUpper', 'TrimLower'].map(
    (name) => [name, 'arithmetic'] as const,
  ),
  ...['Eql', 'Gte', 'Gtr', 'Lte', 'Lss', 'Neq'].map((name) => [name, 'comparison'] as const),
  ...['And', 'Unless', 'Or'].map((name) => [name, 'set'] as const),
]);

/** What is wrong with an operation on values of these types. Source: `checkAST` of promql/parser/parse.go. */
export function binaryProblems(text: string, node: Node, types: readonly Type[]): readonly PlacedProblem[] {
  const found: PlacedProblem[] = [];
  const report = (at: Node, message: string, hint?: string): void =>
    void found.push({ message, at: at.from, hint });
  const operator = childrenOf(node).find(({ name }) => OPERATORS.has(name)) ?? node;
  const kind = OPERATORS.get(operator.name);
  const name = text.slice(operator.from, operator.to);
  for (const [index, type] of types.entries())
    if (type === 'string' || type === 'range vector') {
      const message = `binary expression must contain only scalar and instant vector types, got ${type}`;
      report(expressionsIn(node)[index] ?? node, message);
    }
  const hasBool = node.getChild('BoolModifier') !== null;
  if (hasBool && kind !== 'comparison')
    report(operator, 'bool modifier can only be used on comparison operators');
  if (kind === 'comparison' && !hasBool && types.every((type) => type === 'scalar'))
    report(operator, 'comparisons between scalars must use BOOL modifier', `Write it as 1 ${name} bool 0.`);
  if (kind === 'set' && types.includes('scalar'))
    report(operator, `set operator "${name}" not allowed in binary scalar expression`);
  const matching = node.getChild('MatchingModifierClause');
  if (matching !== null && types.includes('scalar'))
    report(matching, 'vector matching only allowed between instant vectors');
  const group = matching?.getChild('GroupLeft') ?? matching?.getChild('GroupRight') ?? undefined;
  if (group !== undefined && kind === 'set') report(group, `no grouping allowed for "${name}" operation`);
  const twice = matching?.getChild('On') ? labelInBoth(text, matching) : undefined;
  if (twice !== undefined) {
    const message = `label "${text.slice(twice.from, twice.to)}" must not occur in ON and GROUP clause at once`;
    report(twice, message);
  }
  return found;
}

/** A label that `on` and the group have. */
function labelInBoth(text: string, matching: Node): Node | undefined {
  const textOf = ({ from, to }: Node): string => text.slice(from, to);
  const [on = [], group = []] = matching.getChildren('GroupingLabels').map(childrenOf);
  const names = new Set(on.map(textOf));
  return group.find((label) => names.has(textOf(label)));
}
