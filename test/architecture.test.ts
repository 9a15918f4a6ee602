import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, resolve, sep } from 'node:path';
import ts from 'typescript';

const LIB = join(__dirname, '..', 'lib');

/** What each room may import beside itself, Node and `errors`. `app` is the composition root, `index` the front door. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  text: [],
  errors: ['text'],
  pins: [],
  kube: [],
  cel: ['kube'],
  promql: ['kube'],
  profiles: ['kube'],
  manifest: ['profiles', 'kube', 'text'],
  apiserver: ['manifest', 'cel', 'kube'],
  graph: ['apiserver', 'manifest', 'profiles', 'kube'],
  constructs: ['manifest', 'profiles', 'promql', 'pins', 'kube'],
  synth: ['constructs', 'graph', 'manifest', 'kube'],
  check: ['graph', 'apiserver', 'manifest', 'profiles', 'promql', 'kube'],
  plan: ['check', 'graph', 'apiserver', 'manifest', 'kube'],
  upgrade: ['check', 'graph', 'apiserver', 'cel', 'manifest', 'kube'],
  draw: ['plan', 'check', 'graph', 'manifest', 'kube', 'text'],
  fit: ['check', 'graph', 'apiserver', 'manifest', 'profiles', 'kube'],
  cluster: ['plan', 'check', 'graph', 'apiserver', 'manifest', 'kube', 'text'],
  operator: [
    'cluster',
    'plan',
    'check',
    'graph',
    'apiserver',
    'cel',
    'synth',
    'constructs',
    'manifest',
    'profiles',
    'kube',
    'text',
  ],
  convert: ['kube'],
  output: ['manifest', 'profiles', 'kube'],
  gitops: ['output', 'check', 'graph', 'manifest', 'profiles', 'kube'],
  report: ['draw', 'cluster', 'upgrade', 'fit', 'plan', 'check', 'manifest', 'pins', 'text'],
  testing: [
    'report',
    'operator',
    'cluster',
    'fit',
    'plan',
    'check',
    'graph',
    'apiserver',
    'synth',
    'constructs',
    'manifest',
    'kube',
    'text',
  ],
  host: ['output', 'manifest', 'profiles', 'pins'],
  app: ['host', 'output', 'synth', 'constructs', 'manifest', 'profiles', 'kube'],
  integrations: ['report', 'check', 'output', 'manifest', 'text'],
  index: [
    'app',
    'integrations',
    'output',
    'draw',
    'operator',
    'cluster',
    'upgrade',
    'fit',
    'plan',
    'check',
    'synth',
    'constructs',
    'graph',
    'apiserver',
    'manifest',
    'profiles',
    'pins',
    'kube',
  ],
  cli: [
    'index',
    'app',
    'host',
    'report',
    'gitops',
    'convert',
    'output',
    'draw',
    'operator',
    'cluster',
    'upgrade',
    'fit',
    'plan',
    'check',
    'synth',
    'constructs',
    'graph',
    'apiserver',
    'manifest',
    'pins',
    'kube',
    'text',
  ],
};

/** Packages that a room may use, by room; the rest of the code stands on Node alone. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  kube: ['re2js'],
  pins: ['yaml'],
  convert: ['yaml'],
  manifest: ['yaml'],
  promql: ['@prometheus-io/lezer-promql'],
  draw: ['@dagrejs/dagre'],
  constructs: ['cdk8s', 'cdk8s-plus-27', 'constructs'],
  synth: ['cdk8s', 'constructs'],
  testing: ['cdk8s', 'constructs'],
  cluster: ['@kubernetes/client-node'],
  operator: ['@opentelemetry/api', 'cdk8s', 'constructs'],
  app: ['cdk8s'],
  cli: ['commander', 'chokidar', 'jiti', 'picocolors', 'yaml', 'jiti/package.json'],
};

interface Import {
  readonly from: string;
  readonly to: string;
  /** Whether the other file has to be there before this one can begin: neither a type, nor loaded when called for. */
  readonly atOnce: boolean;
}

interface File {
  /** Path below lib, with forward slashes and without its ending. */
  readonly name: string;
  readonly text: string;
}

function files(): File[] {
  return (readdirSync(LIB, { recursive: true }) as string[])
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => ({
      name: file.split(sep).join('/').replace(/\.ts$/, ''),
      text: readFileSync(join(LIB, file), 'utf8'),
    }));
}

/** Every import, export from, and require of a file; relative ones as paths below lib. */
function importsOf({ name, text }: File): Import[] {
  const source = ts.createSourceFile(name, text, {
    languageVersion: ts.ScriptTarget.ES2022,
    jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
  });
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, atOnce: boolean): void => {
    if (specifier === undefined || !ts.isStringLiteral(specifier)) return;
    const target = specifier.text;
    const to = target.startsWith('.') ? posix.join(posix.dirname(name), target) : target;
    found.push({ from: name, to, atOnce });
  };
  // Other imports than declarations are rare: only where there is one does each node have to be looked at.
  const hasCalls = /\b(?:import|require)\s*\(/.test(text);
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node))
      add(node.moduleSpecifier, node.importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword);
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, !node.isTypeOnly);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      add(node.argument.literal, false);
    else if (ts.isCallExpression(node) && /^(require|import)$/.test(node.expression.getText(source)))
      add(node.arguments[0], false);
    else if (hasCalls) ts.forEachChild(node, visit);
  };
  ts.forEachChild(source, visit);
  return found;
}

function roomOf(name: string): string {
  return name.split('/')[0] ?? '';
}

/** The imports that lead out of a room to where it may not look. */
function forbidden(imports: readonly Import[], rooms: ReadonlySet<string>): string[] {
  return imports.flatMap(({ from, to }) => {
    const room = roomOf(from);
    const target = roomOf(to);
    if (to.startsWith('node:') || target === room || target === 'errors') return [];
    const allowed = rooms.has(target) ? ROOMS[room] : PACKAGES[room];
    return allowed?.includes(rooms.has(target) ? target : to) === true ? [] : [`${from} → ${to}`];
  });
}

/** The files in each import cycle, those of types and of modules that are loaded later too. */
function cycles(imports: readonly Import[], known: ReadonlySet<string>): string[][] {
  const targets = new Map<string, string[]>();
  for (const { from, to } of imports) {
    const target = known.has(to) ? to : `${to}/index`;
    if (known.has(target)) targets.set(from, [...(targets.get(from) ?? []), target]);
  }
  const found: string[][] = [];
  const done = new Set<string>();
  const walk = (name: string, path: readonly string[]): void => {
    if (path.includes(name)) found.push([...path.slice(path.indexOf(name)), name]);
    if (done.has(name) || path.includes(name)) return;
    for (const target of targets.get(name) ?? []) walk(target, [...path, name]);
    done.add(name);
  };
  for (const name of targets.keys()) walk(name, []);
  return found;
}

const all = files();
const imports = all.flatMap(importsOf);
const names = new Set(all.map(({ name }) => name));
const rooms = new Set(Object.keys(ROOMS));

test('every file stands in a room', () => {
  expect(all.map(({ name }) => roomOf(name)).filter((room) => !rooms.has(room))).toEqual([]);
  expect(imports.length).toBeGreaterThan(500);
});

test('the table lists rooms from the ground up, and none that is not there', () => {
  const listed = Object.keys(ROOMS);
  const early = listed.flatMap((room, place) =>
    (ROOMS[room] ?? []).filter((below) => listed.indexOf(below) >= place || !listed.includes(below)),
  );
  expect(early).toEqual([]);
  expect(listed.filter((room) => !all.some(({ name }) => roomOf(name) === room))).toEqual([]);
});

test('rooms import only what they may', () => {
  expect(forbidden(imports, rooms)).toEqual([]);
});

test('a forbidden import is found', () => {
  const file = { name: 'kube/bad', text: "import { x } from '../manifest/set';\nconst y = require('yaml');" };
  expect(forbidden(importsOf(file), rooms)).toEqual(['kube/bad → manifest/set', 'kube/bad → yaml']);
});

test('reports know results by their types alone, by the lists of what they may hold, and by what is secret in them', () => {
  const known = ['manifest', 'report', 'errors', 'text'];
  const lists = [
    'check/finding',
    'plan/effects',
    'plan/apply-methods',
    'plan/consequences/kinds',
    'upgrade/result',
  ];
  // The redactor hides what the detector finds.
  const isDetector = (from: string, to: string): boolean =>
    from.startsWith('report/redact/') && to.startsWith('check/secrets/');
  // A picture is made of a drawing, which is plain data: made small, named and laid out, and not drawn there.
  const isPicture = (to: string): boolean => /^draw\/(fold|most-important|labels|layout)$/.test(to);
  const values = imports.filter(
    ({ from, to, atOnce }) =>
      roomOf(from) === 'report' &&
      atOnce &&
      !known.includes(roomOf(to)) &&
      !lists.includes(to) &&
      !isPicture(to) &&
      !isDetector(from, to),
  );
  expect(values.filter(({ to }) => !to.startsWith('node:'))).toEqual([]);
});

test('no file imports itself by way of others', () => {
  expect(cycles(imports, names)).toEqual([]);
});

test.each([
  "import { a } from './a';",
  "import type { a } from './a';",
  "import { type a } from './a';",
  "export type { a } from './a';",
  "type A = import('./a').A;",
  "const a = () => import('./a');",
  "const a = () => require('./a') as object;",
])('a cycle by %s is found', (text) => {
  const a = { name: 'kube/a', text: "export * from './b';" };
  const known = new Set(['kube/a', 'kube/b']);
  const imports = [a, { name: 'kube/b', text }].flatMap(importsOf);
  expect(cycles(imports, known)).toEqual([['kube/a', 'kube/b', 'kube/a']]);
});

/** Folders and files of the command line that its commands build on, and those that build on commands, bottom up. */
const BELOW_COMMANDS = ['child', 'terminal', 'project', 'options', 'run', 'files', 'cluster'];
const ABOVE_COMMANDS = ['commands', 'program', 'main'];

test('the command line is a tree of folders: what all commands share, a folder a command, the registry', () => {
  const folderOf = (name: string): string => name.split('/')[1] ?? '';
  const level = (name: string): number => {
    const [below, above] = [BELOW_COMMANDS, ABOVE_COMMANDS].map((list) => list.indexOf(folderOf(name)));
    if (below !== -1) return below ?? 0;
    return BELOW_COMMANDS.length + (above ?? -1) + 1;
  };
  const own = imports.filter(({ from, to }) => roomOf(from) === 'cli' && roomOf(to) === 'cli');
  expect(own.filter(({ from, to }) => level(from) < level(to))).toEqual([]);
  expect(own.length).toBeGreaterThan(100);
  const folders = own
    .map((each) => ({ ...each, from: folderOf(each.from), to: folderOf(each.to) }))
    .filter(({ from, to }) => from !== to);
  expect(cycles(folders, new Set(folders.map(({ to }) => to)))).toEqual([]);
});

test('only the command line reads the environment', () => {
  const readers = all.filter(({ text }) => /process\.env\b/.test(text)).map(({ name }) => name);
  // A reporter and the test files that it reports on run in several processes, started by the test runner.
  const tellEachOther = ['testing/coverage/collect', 'testing/coverage/reporter'];
  // Where no kubeconfig is named, KUBECONFIG and the home folder say which one is meant, as for every client.
  const known = [...tellEachOther, 'cluster/client/kubeconfig/kubeconfig'];
  expect(readers.filter((name) => roomOf(name) !== 'cli' && !known.includes(name))).toEqual([]);
});

test('nothing below the command line knows the time, chance or a locale', () => {
  const impure =
    /\bDate\.now\b|new Date\(\)|Math\.random|performance\.now|toLocale|localeCompare|randomBytes|randomUUID/;
  const users = all
    .filter(({ name, text }) => roomOf(name) !== 'cli' && impure.test(text))
    .map(({ name }) => name);
  // The writer gives its temporary folders names that no other process has; who waits for a cluster waits in time.
  const others = users.filter((name) => !['output', 'cluster'].includes(roomOf(name)));
  expect(others).toEqual(['operator/run/clock']);
});

test('a verdict on files follows from what was read before: what makes it reads nothing but the data of the package', () => {
  const rooms = [
    'text',
    'errors',
    'profiles',
    'cel',
    'promql',
    'kube',
    'manifest',
    'apiserver',
    'graph',
    'check',
    'report',
  ];
  const own = [
    'cli/files/contents/',
    'cli/files/groups',
    'cli/files/units',
    'cli/files/places',
    'cli/files/definitions',
  ];
  const isPure = (name: string): boolean =>
    rooms.includes(roomOf(name)) || own.some((start) => name.startsWith(start)) || name === 'cli/check/parts';
  const outside = imports.filter(
    ({ from, to }) =>
      isPure(from) && to.startsWith('node:') && !/^node:(?:buffer|crypto|path|util|zlib)$/.test(to),
  );
  // The digest of the build is a part of the key of a kept verdict.
  const readers = ['kube/custom/catalog', 'kube/schema/package-data'];
  expect(outside.map(({ from }) => from).sort()).toEqual(readers);
});

/** Lines that say something to the machine. */
function codeLines(text: string): number {
  const bare = text.replace(/\/\*[\s\S]*?\*\//g, '');
  return bare.split('\n').filter((line) => !/^\s*(\/\/.*)?$/.test(line)).length;
}

test('no room holds more than a quarter of the code', () => {
  const lines = new Map<string, number>();
  for (const { name, text } of all) lines.set(roomOf(name), (lines.get(roomOf(name)) ?? 0) + codeLines(text));
  const total = [...lines.values()].reduce((sum, count) => sum + count, 0);
  expect([...lines].filter(([, count]) => count > total / 4)).toEqual([]);
  expect(total).toBeGreaterThan(10_000);
});

test('every file is at most 250 lines of code', () => {
  // The types of overrides have a line for each struct of each kind, and nobody reads them.
  const written = all.filter(({ text }) => !text.includes('Written by `npm run docs`'));
  // The front door is a list of names: each construct adds to it.
  const judged = written.filter(({ name }) => name !== 'index');
  expect(judged.filter(({ text }) => codeLines(text) > 250).map(({ name }) => name)).toEqual([]);
  expect(codeLines('/** One\n * comment */\nconst a = 1;\n\n  // another\nconst b = 2; // here\n')).toBe(2);
});

test('the front door names each of its exports', () => {
  expect(readFileSync(join(LIB, 'index.ts'), 'utf8')).not.toMatch(/export \*|export default/);
});

test('the launcher is short, and the only place that sets the exit code', () => {
  const launcher = readFileSync(resolve(dirname(LIB), 'bin/seaworthy.js'), 'utf8');
  const code = launcher
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^\s*(\/\/|\*|\/\*|#!)/.test(line));
  expect(code.length).toBeLessThanOrEqual(20);
  const setters = all
    .filter(({ text }) => /process\.exitCode\s*=|process\.exit\(/.test(text))
    .map(({ name }) => name);
  // The app's own process ends as the app says.
  expect(setters.filter((name) => !name.startsWith('cli/child/'))).toEqual([]);
});
