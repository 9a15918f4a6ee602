import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import ts from 'typescript';

/** An exported type, with what its docstring says. */
export interface Declaration {
  readonly name: string;
  /** Path below lib, with forward slashes. */
  readonly file: string;
  readonly node: ts.ClassDeclaration | ts.InterfaceDeclaration | ts.TypeAliasDeclaration;
  readonly doc: Doc;
}

/** A docstring: its text, the table of objects in it, its `@default` and its `@example`. */
export interface Doc {
  readonly text: string;
  /** Rows of the table `| object | when | why |`, as Markdown. */
  readonly objects: readonly string[];
  readonly fallback: string | undefined;
  readonly example: string | undefined;
}

/** A prop as its interface declares it. */
export interface Prop {
  readonly name: string;
  readonly type: ts.TypeNode;
  readonly isOptional: boolean;
  readonly doc: Doc;
}

const HEAD = /^\| object \| when \| why \|\n\|[-|]+\|\n/;

/** The docstring of `node`. */
export function docOf(node: ts.Node): Doc {
  const docs = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const whole = ts.getTextOfJSDocComment(docs.at(-1)?.comment) ?? '';
  const blocks = whole.split('\n\n');
  const tables = blocks.filter((block) => HEAD.test(`${block}\n`));
  const tag = (name: string): string | undefined => {
    const found = ts.getJSDocTags(node).find(({ tagName }) => tagName.text === name);
    return found && inline(ts.getTextOfJSDocComment(found.comment) ?? '');
  };
  return {
    text: inline(blocks.filter((block) => !tables.includes(block)).join('\n\n')),
    objects: tables.flatMap((table) => `${table}\n`.replace(HEAD, '').trim().split('\n')),
    fallback: tag('default'),
    example: tag('example'),
  };
}

/** Lines of a paragraph on one line. */
function inline(text: string): string {
  return text
    .split('\n\n')
    .map((paragraph) => paragraph.replace(/\s*\n\s*/g, ' ').trim())
    .join('\n\n');
}

/**
 * The exported classes, interfaces and types of `folders` of lib, by name.
 *
 * @throws Error where two have the same name
 */
export function readDeclarations(lib: string, folders: readonly string[]): ReadonlyMap<string, Declaration> {
  const found = new Map<string, Declaration>();
  for (const folder of folders) {
    for (const path of (readdirSync(join(lib, folder), { recursive: true }) as string[]).sort()) {
      if (!path.endsWith('.ts') || path.endsWith('.test.ts')) continue;
      const file = `${folder}/${path.split(sep).join('/')}`;
      const source = ts.createSourceFile(
        file,
        readFileSync(join(lib, file), 'utf8'),
        ts.ScriptTarget.ES2022,
        true,
      );
      for (const node of source.statements) {
        if (!isNamedType(node) || node.name === undefined || !isExported(node)) continue;
        const name = node.name.text;
        const doc = docOf(node);
        const other = found.get(name);
        // A class merges with the interface of its members; what is said about it stands on the class.
        if (other !== undefined && ts.isClassDeclaration(other.node) === ts.isClassDeclaration(node))
          throw new Error(`${file} and ${other.file} both export ${name}`);
        if (other === undefined || ts.isClassDeclaration(node)) found.set(name, { name, file, node, doc });
      }
    }
  }
  return found;
}

function isNamedType(node: ts.Node): node is Declaration['node'] {
  return ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node);
}

function isExported(node: Declaration['node']): boolean {
  return node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
}

/** What the props of an interface, or of a type literal, say. */
export function propsOf(members: ts.NodeArray<ts.TypeElement>): readonly Prop[] {
  return members.filter(ts.isPropertySignature).flatMap((member) => {
    const { name, type, questionToken } = member;
    if (type === undefined) return [];
    return [{ name: name.getText(), type, isOptional: questionToken !== undefined, doc: docOf(member) }];
  });
}

/** A type that another extends, and the props of it that are left out. */
export interface Base {
  readonly name: string;
  readonly without: readonly string[];
}

/** What `node` extends. */
export function basesOf(node: Declaration['node']): readonly Base[] {
  if (ts.isTypeAliasDeclaration(node)) return basesOfType(node.type);
  return (node.heritageClauses ?? [])
    .filter(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)
    .flatMap(({ types }) => types.flatMap((type) => baseOf(type.expression.getText(), type.typeArguments)));
}

function basesOfType(type: ts.TypeNode): readonly Base[] {
  if (ts.isIntersectionTypeNode(type)) return type.types.flatMap(basesOfType);
  return ts.isTypeReferenceNode(type) ? baseOf(type.typeName.getText(), type.typeArguments) : [];
}

function baseOf(name: string, args: readonly ts.TypeNode[] = []): readonly Base[] {
  const [inner, keys] = args;
  if (name !== 'Omit' || inner === undefined || keys === undefined) return [{ name, without: [] }];
  const without = keys
    .getText()
    .split('|')
    .map((key) => key.trim().replace(/'/g, ''));
  return basesOfType(inner).map((base) => ({ ...base, without: [...base.without, ...without] }));
}

/** The props of a type and of all that it extends; what `isLeftOut` names is not followed. */
export function allProps(
  all: ReadonlyMap<string, Declaration>,
  { name, without }: Base,
  isLeftOut: (base: Base) => boolean = () => false,
): readonly Prop[] {
  const node = all.get(name)?.node;
  if (node === undefined) return [];
  const own = ts.isInterfaceDeclaration(node) ? propsOf(node.members) : [];
  const known = new Set(own.map((prop) => prop.name));
  const inherited = basesOf(node)
    .filter((base) => !isLeftOut(base))
    .flatMap((base) => allProps(all, base, isLeftOut))
    .filter((prop) => !known.has(prop.name));
  return [...own, ...inherited].filter((prop) => !without.includes(prop.name));
}
