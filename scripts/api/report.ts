import ts from 'typescript';
import type { Declarations } from './declarations';
import { exportsOf, isPrivate } from './exported';

const HEAD = `# API

<!-- written by npm run docs -->

Everything that the package exports, by entry, without comments. A change of this page is a change that users meet: an
addition is a minor version, anything else a major one.
`;

/** The page that shows each change of the API in review. */
export function apiReport(declared: Declarations): string {
  const sections = [...declared.entries.keys()].map((entry) => {
    const exported = [...exportsOf(declared, entry)].sort(([a], [b]) => (a < b ? -1 : 1));
    const text = exported.map(([name, symbol]) => textOf(name, symbol)).join('\n');
    return `\n## ${entry}\n\n${text === '' ? 'Exports nothing: it is imported for what it does.\n' : `\`\`\`typescript\n${text}\`\`\`\n`}`;
  });
  return `${HEAD}${sections.join('')}`;
}

const printer = ts.createPrinter({ removeComments: true });

/** The declarations of one export, under the name that it is exported by. */
function textOf(name: string, symbol: ts.Symbol): string {
  return (symbol.declarations ?? [])
    .map((declaration) => {
      const node = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
      // One line for each struct of Kubernetes: a new release changes it, and no user has to.
      if (isGenerated(node)) return `interface ${name} {}\n`;
      const { transformed } = ts.transform(node, [visible]);
      const [shown = node] = transformed;
      const text = printer.printNode(ts.EmitHint.Unspecified, shown, node.getSourceFile());
      return `${text.replace(new RegExp(`\\b${symbol.name}\\b`), name)}\n`;
    })
    .join('');
}

/** What users see of a declaration: neither private members nor the words that make it an export. */
const visible: ts.TransformerFactory<ts.Node> = (context) => (root) => {
  const visit = (node: ts.Node): ts.Node | undefined => {
    if (ts.isClassElement(node) && isPrivate(node)) return undefined;
    if (isExportWord(node)) return undefined;
    return ts.visitEachChild(node, visit, context);
  };
  return ts.visitEachChild(root, visit, context);
};

function isGenerated(node: ts.Node): boolean {
  return node.getSourceFile().fileName.endsWith('/patches.d.ts');
}

function isExportWord({ kind }: ts.Node): boolean {
  return kind === ts.SyntaxKind.ExportKeyword || kind === ts.SyntaxKind.DeclareKeyword;
}
