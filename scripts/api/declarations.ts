import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

const ROOT = join(__dirname, '..', '..');
const DECLARATIONS = join(ROOT, '.declarations');

/** What `exports` of package.json offers, by the source file that declares it. */
export const ENTRIES: ReadonlyMap<string, string> = new Map([
  ['seaworthy', 'lib/index.ts'],
  ['seaworthy/testing', 'lib/testing/index.ts'],
  ['seaworthy/testing/jest', 'lib/testing/jest.ts'],
  ['seaworthy/testing/vitest', 'lib/testing/vitest.ts'],
  ['seaworthy/testing/coverage', 'lib/testing/coverage/reporter.ts'],
]);

/** The declarations as users get them, in a program of their own, and the file of each entry. */
export interface Declarations {
  readonly program: ts.Program;
  readonly entries: ReadonlyMap<string, ts.SourceFile>;
}

/** Compiles lib/ to declarations, in memory. */
export function declarations(): Declarations {
  const file = join(ROOT, 'tsconfig.build.json');
  const config: unknown = ts.readConfigFile(file, (path) => ts.sys.readFile(path)).config;
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const sources = [...ENTRIES.values()].map((file) => join(ROOT, file));
  const files = new Map<string, string>();
  const emitting = { ...options, noCheck: true, outDir: DECLARATIONS, rootDir: ROOT };
  ts.createProgram(sources, emitting).emit(undefined, (name, text) => files.set(name, text));
  const program = ts.createProgram([...files.keys()], { ...options, noEmit: true }, hostOf(files, options));
  return {
    program,
    entries: new Map(
      [...ENTRIES].map(([entry, file]) => {
        const path = join(DECLARATIONS, file.replace(/\.ts$/, '.d.ts'));
        const source = program.getSourceFile(path);
        if (source === undefined) throw new Error(`no declarations of ${relative(ROOT, path)}`);
        return [entry, source];
      }),
    ),
  };
}

/** Whether a declaration is the package's own, and not a library's or the language's. */
export function isOwn(node: ts.Node): boolean {
  return node.getSourceFile().fileName.startsWith(DECLARATIONS);
}

/** Reads what was emitted before it looks at the disk. */
function hostOf(files: ReadonlyMap<string, string>, options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const folders = new Set([...files.keys()].map((file) => dirname(file)));
  return {
    ...host,
    fileExists: (name) => files.has(name) || host.fileExists(name),
    readFile: (name) => files.get(name) ?? host.readFile(name),
    directoryExists: (name) => folders.has(name) || ts.sys.directoryExists(name),
    getSourceFile: (name, version) => {
      const text = files.get(name);
      return text === undefined
        ? host.getSourceFile(name, version)
        : ts.createSourceFile(name, text, version, true);
    },
  };
}
