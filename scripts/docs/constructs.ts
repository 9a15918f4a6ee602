import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import type { Base, Declaration, Prop } from './declarations';
import { allProps, basesOf, docOf, readDeclarations } from './declarations';
import { typeText } from './type-text';

const LIB = join(__dirname, '..', '..', 'lib');

/** The folders of `lib/constructs` that have constructs, in the order of the page. */
const TOPICS: Readonly<Record<string, string>> = {
  core: 'Charts, environments and namespaces',
  workloads: 'Workloads',
  charts: 'Helm charts',
  config: 'Configuration',
  secrets: 'Secrets from elsewhere',
  storage: 'Storage',
  access: 'Access',
  network: 'Network',
  scaling: 'Scaling',
  rollout: 'Rollouts',
  observability: 'Observability',
};

/** What many constructs share has a section, and is not repeated with each of them: props, and the class with members. */
const SHARED: Readonly<Record<string, { readonly title: string; readonly members?: string }>> = {
  WorkloadProps: { title: 'Every workload', members: 'Workload' },
  PodProps: { title: 'Pods' },
  ContainerProps: { title: 'Containers' },
  ResourceProps: { title: 'Single objects', members: 'Resource' },
};

/**
 * Every construct with its objects, props and members, and every type that the props mention, from the docstrings.
 *
 * @throws Error for a prop without a sentence, or an optional one that does not say what holds without it
 */
export function constructs(): string {
  return new Page(readDeclarations(LIB, ['constructs', 'profiles'])).render();
}

class Page {
  readonly #all: ReadonlyMap<string, Declaration>;
  /** Types that tables mention; each gets a section. */
  readonly #mentioned = new Set<string>();
  readonly #gaps: string[] = [];

  constructor(all: ReadonlyMap<string, Declaration>) {
    this.#all = all;
  }

  render(): string {
    const sections = Object.entries(TOPICS).flatMap(([folder, title]) => {
      const own = this.#constructs().filter(({ file }) => topicOf(file) === folder);
      return own.length === 0 ? [] : [`## ${title}`, ...own.map((construct) => this.#construct(construct))];
    });
    for (const { name, file } of this.#constructs())
      if (!(topicOf(file) in TOPICS)) this.#gaps.push(`${name} is of no topic of the page: ${topicOf(file)}`);
    const shared = Object.entries(SHARED).flatMap(([name, { title, members }]) => [
      `## ${title}`,
      this.#propsTable(name),
      members === undefined ? '' : this.#members(members),
    ]);
    const types = this.#types();
    if (this.#gaps.length > 0) throw new Error(`docstrings lack something:\n${this.#gaps.join('\n')}`);
    return [...sections, ...shared, '## Types', ...types].filter((part) => part !== '').join('\n\n');
  }

  /** The classes that the front door exports and a user can make. */
  #constructs(): readonly Declaration[] {
    const exported = new Set(readFileSync(join(LIB, 'index.ts'), 'utf8').match(/\b[A-Z]\w+\b/g));
    return [...this.#all.values()].filter(
      ({ name, node }) =>
        ts.isClassDeclaration(node) &&
        exported.has(name) &&
        node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AbstractKeyword) !== true,
    );
  }

  #construct({ name, node, doc }: Declaration): string {
    const objects = this.#lineage(name).flatMap((declaration) => declaration.doc.objects);
    if (doc.text === '') this.#gaps.push(`${name} does not say what it is`);
    const constructor = [...(node as ts.ClassDeclaration).members].find(ts.isConstructorDeclaration);
    const tables = (constructor?.parameters ?? [])
      .filter((parameter) => ['props', 'profile'].includes(parameter.name.getText()))
      .flatMap(({ type }) => type?.getText() ?? [])
      .map((props) => this.#propsTable(props === 'P' ? `${name}Props` : props));
    return [
      `### ${name}`,
      doc.text,
      objects.length === 0 ? '' : ['| object | when | why |', '|---|---|---|', ...objects].join('\n'),
      ...tables,
      this.#members(name),
    ]
      .filter((part) => part !== '')
      .join('\n\n');
  }

  /** `name` and all that it extends, itself first; a class also has what the interface of its traits extends. */
  #lineage(name: string, without: ReadonlySet<string> = new Set()): readonly Declaration[] {
    const declaration = this.#all.get(name);
    if (declaration === undefined || without.has(name)) return [];
    const bases = [...basesOf(declaration.node), ...this.#traits(declaration)];
    return [declaration, ...bases.flatMap((base) => this.#lineage(base.name, without))];
  }

  /** What the interface that merges with a class extends. */
  #traits({ name, node }: Declaration): readonly Base[] {
    if (!ts.isClassDeclaration(node)) return [];
    return node
      .getSourceFile()
      .statements.filter(ts.isInterfaceDeclaration)
      .filter((other) => other.name.text === name)
      .flatMap(basesOf);
  }

  #propsTable(name: string): string {
    const links = new Set<string>();
    const isShared = (base: Base): boolean => base.name in SHARED && base.without.length === 0;
    const props = allProps(this.#all, { name, without: [] }, (base) => {
      if (isShared(base)) links.add(base.name);
      return isShared(base);
    });
    const rows = props.map((prop) => this.#row(name, prop));
    const more = [...links]
      .map((base) => SHARED[base]?.title ?? base)
      .map((title) => `[${title}](#${anchor(title)})`);
    const also =
      more.length === 0
        ? ''
        : `${rows.length === 0 ? 'Takes' : 'Also takes'} the props of ${more.join(' and ')}.`;
    const table = ['| prop | type | what | default |', '|---|---|---|---|', ...rows].join('\n');
    return [rows.length === 0 ? '' : table, also].filter((part) => part !== '').join('\n\n');
  }

  #row(owner: string, { name, type, isOptional, doc }: Prop): string {
    if (doc.text === '') this.#gaps.push(`${owner}.${name} has no sentence`);
    if (isOptional && doc.fallback === undefined)
      this.#gaps.push(`${owner}.${name} is optional and has no @default`);
    const cells = [
      `\`${name}\``,
      this.#type(type),
      doc.example === undefined ? doc.text : `${doc.text} Example: \`${doc.example}\`.`,
      isOptional ? (doc.fallback ?? '') : '*required*',
    ];
    return `| ${cells.map((cell) => cell.replace(/\n+/g, ' ')).join(' | ')} |`;
  }

  #type(type: ts.TypeNode): string {
    return typeText(type, (name) => {
      const declaration = this.#all.get(name);
      if (declaration === undefined) return false;
      this.#mentioned.add(name);
      return true;
    });
  }

  /** What a user can call and reach; what a shared class has is said in its own section. */
  #members(name: string): string {
    const rows = new Map<string, string>();
    for (const { node } of this.#lineage(name, sharedClasses(name))) {
      if (ts.isTypeAliasDeclaration(node)) continue;
      for (const member of node.members) {
        const id = member.name?.getText();
        const { text } = docOf(member);
        if (id === undefined || rows.has(id) || text === '' || isHidden(member)) continue;
        rows.set(id, `| \`${id}${parametersOf(member)}\` | ${text.replace(/\n+/g, ' ')} |`);
      }
    }
    return rows.size === 0 ? '' : ['| member | what |', '|---|---|', ...rows.values()].join('\n');
  }

  /** A section for each type that is mentioned, and for those that these mention. */
  #types(): readonly string[] {
    const written = new Map<string, string>();
    for (const name of this.#mentioned) {
      const declaration = this.#all.get(name);
      if (declaration === undefined || this.#constructs().includes(declaration) || written.has(name))
        continue;
      written.set(name, this.#typeSection(declaration));
    }
    return [...written].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, section]) => section);
  }

  #typeSection({ name, node, doc }: Declaration): string {
    if (doc.text === '') this.#gaps.push(`${name} does not say what it is`);
    const body = ts.isTypeAliasDeclaration(node) ? this.#type(node.type) : this.#propsTable(name);
    return [`### ${name}`, doc.text, body].filter((part) => part !== '').join('\n\n');
  }
}

/** The classes whose members have a section of their own, but for `name`. */
function sharedClasses(name: string): ReadonlySet<string> {
  return new Set(Object.values(SHARED).flatMap(({ members = '' }) => (members === name ? [] : [members])));
}

/** `(peer, options)` for a method; nothing for a field. */
function parametersOf(member: ts.ClassElement | ts.TypeElement): string {
  if (!ts.isMethodDeclaration(member) && !ts.isMethodSignature(member)) return '';
  return `(${member.parameters
    .map(({ name }) => name.getText())
    .filter((name) => /^\w+$/.test(name))
    .join(', ')})`;
}

/** The folder of `lib/constructs` that a file is in. */
function topicOf(file: string): string {
  return file.split('/')[1] ?? '';
}

function isHidden(member: ts.ClassElement | ts.TypeElement): boolean {
  const flags = ts.getCombinedModifierFlags(member);
  return (
    (flags & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected | ts.ModifierFlags.Static)) !== 0 ||
    ts.isConstructorDeclaration(member) ||
    (member.name !== undefined && ts.isPrivateIdentifier(member.name))
  );
}

function anchor(title: string): string {
  return title.toLowerCase().replace(/ /g, '-');
}
