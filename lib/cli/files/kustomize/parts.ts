import { realpathSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Skipped } from '../reasons';
import type { Found } from '../walk';
import type { Forest, KustomizedFolder } from './forest';

/**
 * Tells the files that are parts of a kustomization from the others, and names those of no kustomization that was built. A kustomization says what of its folder is applied:
 * what it does not use is nothing for itself, unless the user names it.
 */
export function partsOf(
  found: readonly Found[],
  kustomizations: readonly Found[],
  forest: Forest,
  built: ReadonlySet<KustomizedFolder>,
): { readonly parts: readonly Skipped[]; readonly others: readonly Found[] } {
  const used = new Set([...forest.usedFiles()].map(real));
  const judged = new Set([...built].flatMap(({ resources, files }) => [...resources, ...files]).map(real));
  const kustomized = new Set(kustomizations.map(({ path }) => dirname(path)));
  const own = new Set(kustomizations);
  const parts: Skipped[] = [];
  const others: Found[] = [];
  for (const file of found) {
    if (own.has(file)) continue;
    const { path, shown, named, real: place } = file;
    const why = isPatch(path) ? 'patch' : 'kustomized';
    if (judged.has(place)) continue;
    if (used.has(place)) parts.push({ shown, why, named });
    else if (!named && kustomized.has(dirname(path)))
      parts.push({ shown, why, reason: 'in the folder of a kustomization that does not use it' });
    else if (!named && isPatch(path) && isBelow(path, kustomized))
      parts.push({ shown, why, reason: 'below a kustomization that does not use it' });
    else others.push(file);
  }
  return { parts, others };
}

/** Whether the name of a file, or of its folder, says that it is a patch: generators of projects leave some unused. */
function isPatch(path: string): boolean {
  return /patch/i.test(basename(path)) || /^patch(?:es)?$/i.test(basename(dirname(path)));
}

function isBelow(path: string, folders: ReadonlySet<string>): boolean {
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder))
    if (folders.has(folder)) return true;
  return false;
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
