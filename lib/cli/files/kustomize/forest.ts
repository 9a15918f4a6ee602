import { existsSync, readFileSync, realpathSync, statSync, type Stats } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { SeaworthyError, type Problem } from '../../../errors';
import { readInput } from '../input';
import { namedFrom, repositoryOf } from '../sources';
import { KUSTOMIZATIONS, type Found } from '../walk';
import { isRemote, readKustomization, type Kustomization } from './kustomization';

/** A folder with a kustomization. */
export interface KustomizedFolder {
  /** Absolute. */
  readonly folder: string;
  /** The file, as messages name it. */
  readonly shown: string;
  readonly isComponent: boolean;
  /** Why it is not built. @default it can be */
  readonly obstacle?: string;
  /** Absolute paths of its files with objects. */
  readonly resources: readonly string[];
  /** Absolute paths of the other files that it uses. */
  readonly files: readonly string[];
  /** Those of them that are patches. */
  readonly patches: readonly string[];
  /** The folders that it builds on. */
  readonly bases: readonly string[];
  /** What is wrong with it. */
  readonly problems: readonly Problem[];
}

/** Kustomizations, and those that they build on. */
export class Forest {
  readonly #folders = new Map<string, KustomizedFolder>();
  readonly #cwd: string;

  private constructor(cwd: string) {
    this.#cwd = cwd;
  }

  /** Reads kustomizations that were found, and all that they build on, wherever that is in their repository. */
  static async read(found: readonly Found[], cwd: string): Promise<Forest> {
    const forest = new Forest(cwd);
    const queue = found.map(({ path, top }) => ({ path, top }));
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const { path, top } = next;
      const folder = dirname(path);
      if (forest.#folders.has(folder)) continue;
      const read = await forest.#read(path, top);
      forest.#folders.set(folder, read);
      for (const base of read.bases) {
        const file = kustomizationIn(base);
        if (file !== undefined) queue.push({ path: file, top });
      }
    }
    return forest;
  }

  get(folder: string): KustomizedFolder | undefined {
    return this.#folders.get(folder);
  }

  /**
   * The folders among those found that no other one builds on, in order of their paths: what is applied. Of those that
   * build on each other in a circle, the first, so that kubectl says so.
   */
  roots(found: readonly Found[]): KustomizedFolder[] {
    const used = new Set([...this.#folders.values()].flatMap(({ bases }) => bases));
    const folders = [...new Set(found.map(({ path }) => dirname(path)))]
      .map((folder) => this.#folders.get(folder))
      .filter((each): each is KustomizedFolder => each !== undefined)
      .filter(({ isComponent }) => !isComponent);
    const roots = folders.filter(({ folder }) => !used.has(folder));
    const covered = new Set(roots.flatMap((root) => this.closure(root)));
    for (const folder of folders) {
      if (covered.has(folder)) continue;
      roots.push(folder);
      for (const each of this.closure(folder)) covered.add(each);
    }
    return roots;
  }

  /** A folder and all that it builds on. */
  closure(root: KustomizedFolder): KustomizedFolder[] {
    const seen = new Set([root]);
    for (const each of seen)
      for (const base of each.bases) {
        const next = this.#folders.get(base);
        if (next !== undefined) seen.add(next);
      }
    return [...seen];
  }

  /** The absolute paths of all files that a kustomization uses. */
  usedFiles(): Set<string> {
    return new Set([...this.#folders.values()].flatMap(({ resources, files }) => [...resources, ...files]));
  }

  async #read(path: string, top: string): Promise<KustomizedFolder> {
    const folder = dirname(path);
    const shown = namedFrom(this.#cwd, path);
    try {
      return entriesOf(
        folder,
        shown,
        topOf(folder, top),
        readKustomization(await readInput(path, shown), shown),
      );
    } catch (error) {
      if (!(error instanceof SeaworthyError)) throw error;
      const nothing = { isComponent: false, resources: [], files: [], patches: [], bases: [] };
      return {
        folder,
        shown,
        ...nothing,
        obstacle: 'a kustomization that cannot be read',
        problems: error.problems,
      };
    }
  }
}

/** The kustomization in a folder. */
export function kustomizationIn(folder: string): string | undefined {
  return KUSTOMIZATIONS.map((name) => join(folder, name)).find((path) => existsSync(path));
}

/** The folder that a kustomization may not lead out of: its repository, or without one that of the walk which came to it. */
function topOf(folder: string, above: string): string {
  const real = realpathSync(folder);
  const repository = repositoryOf(real);
  return repository === real && !existsSync(join(real, '.git')) && !isOutside(real, above)
    ? above
    : repository;
}

function entriesOf(folder: string, shown: string, top: string, read: Kustomization): KustomizedFolder {
  const [resources, bases, files]: [string[], string[], string[]] = [[], [], []];
  const problems: Problem[] = [];
  let obstacle = read.hasCharts ? 'a kustomization with Helm charts, which need --enable-helm' : undefined;
  const local = (entry: string): string | undefined => {
    if (isRemote(entry)) obstacle ??= 'a kustomization that uses files of another machine';
    else if (isOutside(resolve(folder, entry), top)) obstacle ??= `a kustomization that leads out of ${top}`;
    else return resolve(folder, entry);
    return undefined;
  };
  for (const entry of read.resources) {
    const path = local(entry);
    if (path === undefined) continue;
    const stats = statsOf(path);
    if (stats === undefined) problems.push(missing(entry, shown));
    else if (stats.isDirectory()) bases.push(path);
    else if (KUSTOMIZATIONS.includes(basename(path))) bases.push(dirname(path));
    else resources.push(path);
  }
  for (const entry of [...read.files, ...read.sources]) {
    const path = local(entry);
    if (path === undefined) continue;
    const stats = statsOf(path);
    if (stats === undefined) obstacle ??= `a kustomization that needs ${entry}, which is not here`;
    else if (stats.isDirectory()) bases.push(path);
    else files.push(path);
  }
  if (read.plugins.some((entry) => namesMachine(entry, folder)))
    obstacle ??= 'a kustomization that uses files of another machine';
  if (isOutside(resolve(folder, basename(shown)), top))
    obstacle ??= `a kustomization that leads out of ${top}`;
  const named = new Set(read.patches.map((entry) => resolve(folder, entry)));
  const patches = files.filter((path) => named.has(path));
  const parts = { folder, shown, isComponent: read.isComponent, resources, files, patches, bases, problems };
  return obstacle === undefined ? parts : { ...parts, obstacle };
}

/** What is at a path; nothing for one that cannot be used. */
function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

/** Whether the YAML of a generator or transformer, or the file with it, names another machine. */
function namesMachine(entry: string, folder: string): boolean {
  const path = resolve(folder, entry);
  if (entry.includes('\n') || statsOf(path)?.isFile() !== true) return entry.includes('://');
  return readFileSync(path, 'utf8').includes('://');
}

/** Whether a path, or what a link there leads to, is not below `top`. */
function isOutside(path: string, top: string): boolean {
  const real = existsSync(path) ? realpathSync(path) : path;
  return real !== top && !real.startsWith(top.endsWith(sep) ? top : top + sep);
}

function missing(entry: string, shown: string): Problem {
  return {
    code: 'KUSTOMIZATION_FAILED',
    place: shown,
    path: 'resources',
    message: `no such file or folder: ${entry}`,
    source: `${shown}:1`,
  };
}
