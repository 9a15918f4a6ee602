import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { SeaworthyError } from '../../../errors';
import type { Skipped } from '../reasons';
import { namedFrom, repositoryOf } from '../sources';
import type { Found } from '../walk';
import { kustomizationIn } from './forest';
import { readKustomization } from './kustomization';

/**
 * Tells the files that are patches of a kustomization that was not asked for: one in their folder, where files are named
 * one by one, or above. Kustomize takes patches only from below itself. By itself, a patch is a part of an object.
 *
 * @param kustomizations those that were found, which say themselves what is a part of them
 */
export function withoutPatches(
  found: readonly Found[],
  kustomizations: readonly Found[],
  cwd: string,
): { readonly patches: readonly Skipped[]; readonly others: readonly Found[] } {
  const known = new Set(kustomizations.map(({ path }) => path));
  const above = new Map<string, Patches>();
  const patches: Skipped[] = [];
  const others = found.filter(({ path, shown, named }) => {
    const by = patchesFor(dirname(path), above, known).get(path);
    if (by === undefined) return true;
    const command = `seaworthy check ${namedFrom(cwd, dirname(by))}`;
    patches.push({ shown, why: 'patch', reason: `a patch of ${namedFrom(cwd, by)}`, command, named });
    return false;
  });
  return { patches, others };
}

/** The kustomization of each file that is a patch. */
type Patches = ReadonlyMap<string, string>;

/** The patches of the kustomizations in a folder and those above it, up to the repository. */
function patchesFor(folder: string, all: Map<string, Patches>, known: ReadonlySet<string>): Patches {
  const done = all.get(folder);
  if (done !== undefined) return done;
  const isTop = repositoryOf(folder) === folder;
  const above: Patches = isTop ? new Map() : patchesFor(dirname(folder), all, known);
  const file = kustomizationIn(folder);
  const own = file === undefined || known.has(file) ? [] : patchesIn(file);
  const patches =
    own.length === 0 ? above : new Map([...above, ...own.map((path) => [path, file ?? ''] as const)]);
  all.set(folder, patches);
  return patches;
}

function patchesIn(file: string): string[] {
  try {
    const { patches } = readKustomization(readFileSync(file, 'utf8'), file);
    return patches.map((entry) => resolve(dirname(file), entry));
  } catch (error) {
    // Nobody asked for it: what cannot be read says nothing.
    if (error instanceof SeaworthyError || isSystemError(error)) return [];
    throw error;
  }
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
