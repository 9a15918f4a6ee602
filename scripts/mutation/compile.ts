import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { instrumented } from './instrument';
import type { Numbered } from './instrument';

/** Where compiled files are kept from run to run, by what they were compiled from. */
const CACHE = '.cache/mutation';

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.CommonJS,
  esModuleInterop: true,
  isolatedModules: true,
};

/** Compiles files, the mutants with them, and returns where the JavaScript of each lies, by absolute path. */
export function compiled(
  root: string,
  files: readonly string[],
  mutants: readonly Numbered[],
): Record<string, string> {
  mkdirSync(join(root, CACHE), { recursive: true });
  const byFile = new Map<string, Numbered[]>();
  for (const numbered of mutants) {
    const { file } = numbered.mutant;
    byFile.set(file, [...(byFile.get(file) ?? []), numbered]);
  }
  const places: Record<string, string> = {};
  for (const file of files) {
    const text = instrumented(readFileSync(join(root, file), 'utf8'), byFile.get(file) ?? []);
    const hash = createHash('sha256').update(ts.version).update(file).update('\0').update(text).digest('hex');
    const place = join(root, CACHE, `${hash.slice(0, 32)}.js`);
    if (!existsSync(place)) {
      writeFileSync(place, ts.transpileModule(text, { compilerOptions: OPTIONS, fileName: file }).outputText);
    }
    places[join(root, file)] = place;
  }
  return places;
}
