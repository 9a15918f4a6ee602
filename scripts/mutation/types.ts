import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { mutated } from './mutant';
import type { Mutant } from './mutant';

/** Finds the mutants that the compiler refuses: nobody could commit them, so no test has to find them. */
export class TypeChecker {
  readonly #root: string;
  readonly #versions = new Map<string, { readonly version: string; readonly text: string }>();
  readonly #service: ts.LanguageService;
  #round = 0;

  constructor(root: string, files: readonly string[]) {
    this.#root = root;
    const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
      config: unknown;
    };
    const { options } = ts.parseJsonConfigFileContent({ ...(config as object), include: [] }, ts.sys, root);
    this.#service = ts.createLanguageService({
      getCompilationSettings: () => options,
      getScriptFileNames: () => files.map((file) => join(root, file)),
      getScriptVersion: (path) => this.#versions.get(path)?.version ?? '0',
      getScriptSnapshot: (path) => {
        const text = this.#versions.get(path)?.text ?? ts.sys.readFile(path);
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
      },
      getCurrentDirectory: () => root,
      getDefaultLibFileName: (settings) => ts.getDefaultLibFilePath(settings),
      fileExists: (path) => ts.sys.fileExists(path),
      readFile: (path) => ts.sys.readFile(path),
      directoryExists: (path) => ts.sys.directoryExists(path),
      getDirectories: (path) => ts.sys.getDirectories(path),
    });
  }

  /** Those of the mutants that compile. Mutants of different files are checked together, each in its own file. */
  accepted(mutants: readonly Mutant[]): Mutant[] {
    const accepted = new Set<Mutant>();
    let waiting = [...mutants];
    while (waiting.length > 0) {
      const batch = new Map<string, Mutant>();
      for (const mutant of waiting) if (!batch.has(mutant.file)) batch.set(mutant.file, mutant);
      for (const mutant of this.#check([...batch.values()])) accepted.add(mutant);
      waiting = waiting.filter((mutant) => batch.get(mutant.file) !== mutant);
    }
    return mutants.filter((mutant) => accepted.has(mutant));
  }

  #check(batch: readonly Mutant[]): Mutant[] {
    this.#round += 1;
    this.#versions.clear();
    for (const mutant of batch) {
      const path = join(this.#root, mutant.file);
      this.#versions.set(path, {
        version: String(this.#round),
        text: mutated(readFileSync(path, 'utf8'), mutant),
      });
    }
    return batch.filter((mutant) => {
      const path = join(this.#root, mutant.file);
      if (this.#service.getSyntacticDiagnostics(path).length > 0) return false;
      return !this.#service.getSemanticDiagnostics(path).some(isWrong);
    });
  }
}

/** Declarations that are no longer used, and code that is no longer reached, are a matter of style. */
const STYLE: ReadonlySet<number> = new Set([6133, 6192, 6196, 6198, 7027]);

function isWrong({ category, code }: ts.Diagnostic): boolean {
  return category === ts.DiagnosticCategory.Error && !STYLE.has(code);
}
