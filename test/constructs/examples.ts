import { join } from 'node:path';
import ts from 'typescript';
import { allProps, readDeclarations } from '../../scripts/docs/declarations';

const all = readDeclarations(join(__dirname, '../../lib'), ['constructs', 'profiles']);

/** The examples in the docstrings of the props that `name` takes, by prop: so a new trait is tried with its own. */
export function exampleProps(name: string): Readonly<Record<string, unknown>> {
  const props = allProps(all, { name, without: [] });
  return Object.fromEntries(
    props.flatMap(({ name: prop, doc }) => (doc.example === undefined ? [] : [[prop, read(doc.example)]])),
  );
}

/** The value of a literal in TypeScript. */
function read(text: string): unknown {
  const [statement] = ts.createSourceFile('example.ts', `(${text});`, ts.ScriptTarget.ES2022).statements;
  if (statement === undefined || !ts.isExpressionStatement(statement)) throw new Error(`no literal: ${text}`);
  return valueOf(statement.expression);
}

function valueOf(node: ts.Node): unknown {
  if (ts.isParenthesizedExpression(node)) return valueOf(node.expression);
  if (ts.isStringLiteral(node)) return node.text;
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (node.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (node.kind === ts.SyntaxKind.FalseKeyword) return false;
  if (ts.isArrayLiteralExpression(node)) return node.elements.map(valueOf);
  if (ts.isObjectLiteralExpression(node))
    return Object.fromEntries(
      node.properties.map((property) => {
        if (!ts.isPropertyAssignment(property)) throw new Error('an example is a literal');
        const { name } = property;
        return [
          ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : '',
          valueOf(property.initializer),
        ];
      }),
    );
  throw new Error('an example is a literal');
}
