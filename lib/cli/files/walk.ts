import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { nearest, SeaworthyError } from '../../errors';
import { namedFrom, repositoryOf } from './sources';

/** A file to read. */
export interface Found {
  /** Absolute. */
  readonly path: string;
  /** As messages name it: relative to where the command is run, where it lies below that. */
  readonly shown: string;
  /** Whether the user named the file, not only its folder: then it must hold Kubernetes objects. */
  readonly named: boolean;
}

/** A file or folder that is not read, and why. */
export interface Skipped {
  readonly shown: string;
  readonly reason: string;
}

export const KUSTOMIZATIONS: readonly string[] = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

const MANIFEST = /\.(ya?ml|json)$/i;

/**
 * The files that `args` name, and those in the folders that they name, sorted. Hidden folders and node_modules are left
 * out; a Helm chart is skipped, since its templates are not manifests until they are rendered. A link in a folder is
 * skipped if it leads out of the repository: who wrote the folder does not choose what else of this machine is read.
 *
 * @throws SeaworthyError INPUT_UNREADABLE for a path that does not exist
 */
export function walk(args: readonly string[], cwd: string, skipped: Skipped[]): Found[] {
  const found = new Map<string, Found>();
  const add = (path: string, named: boolean): void => {
    if (!found.has(path)) found.set(path, { path, shown: namedFrom(cwd, path), named });
  };
  for (const arg of args) {
    const path = resolve(cwd, arg);
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) throw missing(arg, path);
    if (stats.isDirectory())
      for (const file of filesBelow(path, { top: topOf(path), cwd, skipped })) add(file, false);
    else if (isTemplate(path)) skipped.push(chart(dirname(dirname(path)), namedFrom(cwd, path), cwd));
    else add(path, true);
  }
  return [...found.values()];
}

/** What is the same for all folders below a named one. */
interface Walk {
  /** Real path of the folder that links may lead to. */
  readonly top: string;
  readonly cwd: string;
  readonly skipped: Skipped[];
}

/** The top of the repository that a folder is in, or the folder itself if it is in none. */
function topOf(folder: string): string {
  return repositoryOf(realpathSync(folder));
}

function* filesBelow(folder: string, walk: Walk): Generator<string> {
  const { cwd, skipped } = walk;
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  if (entries.some(({ name }) => name === 'Chart.yaml')) {
    skipped.push(chart(folder, `${namedFrom(cwd, folder)}/`, cwd));
    return;
  }
  for (const entry of entries) {
    const path = join(folder, entry.name);
    // A link to a folder may lead back up; one to a file is a file.
    const isFolder = entry.isDirectory();
    if (isFolder && (entry.name.startsWith('.') || entry.name === 'node_modules')) continue;
    if (isFolder) yield* filesBelow(path, walk);
    else if (isManifest(entry.name) && isFile(path)) {
      if (entry.isSymbolicLink() && leadsOut(path, walk.top))
        skipped.push({ shown: namedFrom(cwd, path), reason: `a link that leads out of ${walk.top}` });
      else yield path;
    }
  }
}

/** Whether there is a file; a link that leads nowhere, or in a circle, is none. */
function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Whether a link leads to a file that is not below `top`, or that git keeps for itself. */
function leadsOut(link: string, top: string): boolean {
  const target = realpathSync(link);
  const prefix = top.endsWith(sep) ? top : top + sep;
  return !target.startsWith(prefix) || target.slice(prefix.length).split(sep).includes('.git');
}

function isManifest(name: string): boolean {
  return MANIFEST.test(name) || KUSTOMIZATIONS.includes(name);
}

/** Whether the file is one of the templates of a Helm chart. */
function isTemplate(path: string): boolean {
  return basename(dirname(path)) === 'templates' && existsSync(join(dirname(dirname(path)), 'Chart.yaml'));
}

function chart(folder: string, shown: string, cwd: string): Skipped {
  const path = namedFrom(cwd, folder);
  return {
    shown,
    reason: `part of a Helm chart; check what it renders: helm template ${path} | seaworthy check -`,
  };
}

function missing(arg: string, path: string): SeaworthyError {
  const folder = dirname(path);
  const names =
    statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true ? readdirSync(folder) : [];
  const near = nearest(basename(path), names);
  return new SeaworthyError({
    code: 'INPUT_UNREADABLE',
    place: arg,
    message: 'no such file or folder',
    ...(near !== undefined && { hint: `Did you mean ${join(dirname(arg), near)}?` }),
  });
}
