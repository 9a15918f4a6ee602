import { join } from 'node:path';
import type { Declaration, Lookup } from './compare';
import { go } from './modules';
import type { Modules } from './modules';
import type { Source } from './tags';

/** Reads what the tags name from the modules of these releases and of the tags' own, in one run of the Go program. */
export function declarations(
  sources: readonly Source[],
  releases: readonly string[],
  modules: Modules,
): Lookup {
  const questions = new Map<
    string,
    { readonly root: string; readonly file: string; readonly name: string }
  >();
  for (const { module, file, names, release: own } of sources) {
    for (const release of new Set([...releases, own])) {
      const root = modules.folder(module, release);
      if (root === undefined) continue;
      for (const name of names) questions.set(keyOf(release, module, file, name), { root, file, name });
    }
  }
  const program = join(__dirname, 'declarations.go');
  const answers = JSON.parse(
    go(['run', program], JSON.stringify([...questions.values()])),
  ) as readonly (Declaration | null)[];
  const known = new Map([...questions.keys()].map((key, index) => [key, answers[index] ?? undefined]));
  return (release, module, file, name) => known.get(keyOf(release, module, file, name));
}

function keyOf(release: string, module: string, file: string, name: string): string {
  return `${release} ${module} ${file} ${name}`;
}
