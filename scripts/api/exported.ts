import ts from 'typescript';
import { isOwn, type Declarations } from './declarations';

/** What an entry exports, by name: the symbol behind all re-exports. */
export function exportsOf({ program, entries }: Declarations, entry: string): Map<string, ts.Symbol> {
  const checker = program.getTypeChecker();
  const file = entries.get(entry);
  const module = file && checker.getSymbolAtLocation(file);
  // A module that only runs, such as the matchers of a test runner, exports nothing.
  if (module === undefined) return new Map();
  return new Map(checker.getExportsOfModule(module).map((symbol) => [symbol.name, behind(symbol, checker)]));
}

/** A type of ours that a user meets in the signature of something exported, and cannot name. */
export interface Unnamed {
  readonly name: string;
  /** The exported name that leads to it. */
  readonly by: string;
}

/**
 * The types of the package that signatures of `entry` name, directly or through others, and that neither it nor the
 * front door exports.
 */
export function unnamedTypes(declared: Declarations, entry: string): Unnamed[] {
  const checker = declared.program.getTypeChecker();
  const own = exportsOf(declared, entry);
  const named = new Set([...own.values(), ...exportsOf(declared, 'seaworthy').values()]);
  const found = new Map<ts.Symbol, string>();
  const seen = new Set<ts.Symbol>();
  const walk = (symbol: ts.Symbol, by: string): void => {
    if (seen.has(symbol)) return;
    seen.add(symbol);
    if (!named.has(symbol)) found.set(symbol, by);
    for (const declaration of symbol.declarations ?? [])
      for (const mentioned of mentions(declaration, checker)) walk(mentioned, by);
  };
  for (const [name, symbol] of own) walk(symbol, name);
  return [...found].map(([symbol, by]) => ({ name: symbol.name, by })).sort(byName);
}

const byName = (a: Unnamed, b: Unnamed): number => (a.name < b.name ? -1 : 1);

/**
 * The package's own types that a declaration names. A type parameter is the declaration's own, and a constant that a type
 * is made from, as in `(typeof SEVERITIES)[number]`, is no type.
 */
function mentions(declaration: ts.Node, checker: ts.TypeChecker): ts.Symbol[] {
  const found: ts.Symbol[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isClassElement(node) && isPrivate(node)) return;
    const name = mentionedName(node);
    const symbol = name && checker.getSymbolAtLocation(name);
    if (symbol !== undefined) {
      const actual = behind(symbol, checker);
      const isType = actual.declarations?.some((each) => isOwn(each) && !ts.isTypeParameterDeclaration(each));
      if (isType === true) found.push(actual);
    }
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(declaration, visit);
  return found;
}

function mentionedName(node: ts.Node): ts.Node | undefined {
  if (ts.isTypeReferenceNode(node)) return node.typeName;
  if (ts.isExpressionWithTypeArguments(node)) return node.expression;
  return ts.isImportTypeNode(node) ? node.qualifier : undefined;
}

/** Whether users cannot see a member. */
export function isPrivate(node: ts.ClassElement): boolean {
  if (node.name !== undefined && ts.isPrivateIdentifier(node.name)) return true;
  return (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Private) !== 0;
}

function behind(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol {
  return (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
}
