import { existsSync, lstatSync, readdirSync, realpathSync, statSync, type Dirent } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { nearest, SeaworthyError, type Problem } from '../../errors';
import { reasonOf } from '../../output/failure';
import { patternOf, type Pattern } from './pattern';
import type { Skipped } from './reasons';
import { namedFrom, repositoryOf } from './sources';

/** A file to read. */
export interface Found {
  /** Absolute. */
  readonly path: string;
  /** As messages name it: relative to where the command is run, where it lies below that. */
  readonly shown: string;
  /** Whether the user named the file, not only its folder: then it must hold Kubernetes objects. */
  readonly named: boolean;
  /** The same without links. */
  readonly real: string;
  /** The folder that what it names must be in, without links: its repository, else the folder that the user named. */
  readonly top: string;
}

export const KUSTOMIZATIONS: readonly string[] = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

const MANIFEST = /\.(ya?ml|json)$/i;
/** Templates by their names, as Jinja, Go's templates, ERB, Terraform and Make have them. */
const TEMPLATE = /\.(?:ya?ml|json)\.(?:tpl|tmpl|gotmpl|template|j2|jinja2?|erb|mustache|hbs|in)$/i;
/** What a step of a KUTTL test expects, by its name. */
const EXPECTED = /^\d+-(?:assert|errors?)\b.*\.ya?ml$/i;
/** A Chainsaw test, and what those beside it are mostly called that it expects. */
const CHAINSAW = /^chainsaw-test\.ya?ml$/;
const EXPECTED_BY_CHAINSAW = /(?:^|[-_.\d])(?:assert|errors?|expected)(?:[-_.\d]|$)/i;

/**
 * The files that `args` name or match, and those in the folders that they name, sorted. Hidden folders and installed
 * packages are left out; a Helm chart is skipped, since its templates are not manifests until they are rendered. A link in
 * a folder is skipped if it leads out of the repository: who wrote the folder does not choose what else of this machine is
 * read. A file and the links to it are one file.
 *
 * @throws SeaworthyError INPUT_UNREADABLE for a path that does not exist
 */
export function walk(args: readonly string[], cwd: string): Walked {
  const skipped: Skipped[] = [];
  const problems: Problem[] = [];
  const found = new Map<string, Omit<Found, 'real'> & { readonly isLink: boolean }>();
  const add = ({ path, real }: Place, top: string, named: boolean): void => {
    const known = found.get(real);
    const isLink = path !== real && lstatSync(path).isSymbolicLink();
    if (known !== undefined && (isLink || !known.isLink)) return;
    const isNamed = named || known?.named === true;
    found.set(real, { path, shown: namedFrom(cwd, path), named: isNamed, top: known?.top ?? top, isLink });
  };
  for (const arg of args) {
    const path = resolve(cwd, arg);
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) {
      const pattern = patternOf(arg);
      if (pattern === undefined) throw missing(arg, path);
      const top = topOf(resolve(cwd, pattern.folder));
      for (const file of matchesOf(pattern, arg, { top, cwd, skipped, problems })) add(file, top, false);
      continue;
    }
    const place = { path, real: realPathOf(path) };
    const top = topOf(stats.isDirectory() ? path : dirname(path));
    if (stats.isDirectory())
      for (const file of filesBelow(place, { top, cwd, skipped, problems })) add(file, top, false);
    else if (isTemplate(path))
      skipped.push({ ...chart(dirname(dirname(path)), namedFrom(cwd, path), cwd), named: true });
    else add(place, top, true);
  }
  return {
    found: [...found].map(([real, { path, shown, named, top }]) => ({ path, shown, named, real, top })),
    skipped,
    problems,
  };
}

/** A file or folder by the path that leads to it, and without links. */
interface Place {
  readonly path: string;
  readonly real: string;
}

/** What a walk came to. */
export interface Walked {
  readonly found: readonly Found[];
  readonly skipped: readonly Skipped[];
  /** Folders that cannot be read. */
  readonly problems: readonly Problem[];
}

/** What is the same for all folders below a named one. */
interface Walk {
  /** Real path of the folder that links may lead to. */
  readonly top: string;
  readonly cwd: string;
  readonly skipped: Skipped[];
  readonly problems: Problem[];
}

/**
 * The files that a pattern matches, and those in the folders that it matches: of those that a walk through its folder
 * finds, so that links and charts are treated in the same way.
 *
 * @throws SeaworthyError INPUT_UNREADABLE if there is none
 */
function matchesOf(pattern: Pattern, arg: string, walk: Walk): Place[] {
  const { cwd, skipped } = walk;
  const path = resolve(cwd, pattern.folder);
  if (!isFolder(path)) throw missing(arg, path);
  const passed: Skipped[] = [];
  const folder = { path, real: realPathOf(path) };
  const below = (file: string): string => relative(path, file).split(sep).join('/');
  const files = [...filesBelow(folder, { ...walk, skipped: passed })].filter((file) =>
    pattern.matches(below(file.path)),
  );
  const matching = passed.filter(({ shown }) => pattern.matches(below(resolve(cwd, shown))));
  skipped.push(...matching);
  if (files.length + matching.length > 0) return files;
  throw new SeaworthyError({
    code: 'INPUT_UNREADABLE',
    place: arg,
    message: 'no file matches this pattern',
    hint: 'In patterns, * is any part of a name, ** any folders, and {a,b} one of both.',
  });
}

/** The top of the repository that a folder is in, or the folder itself if it is in none. */
function topOf(folder: string): string {
  return repositoryOf(realPathOf(folder));
}

function* filesBelow(folder: Place, walk: Walk): Generator<Place> {
  const { cwd, skipped } = walk;
  const skip = (path: string, why: Skipped['why'], reason?: string): void => {
    const isFolder = why === 'hidden' || why === 'packages';
    skipped.push({
      shown: `${namedFrom(cwd, path)}${isFolder ? '/' : ''}`,
      why,
      ...(reason !== undefined && { reason }),
    });
  };
  const entries = readFolder(folder.path, walk);
  if (entries.some(({ name }) => name === 'Chart.yaml')) {
    skipped.push(chart(folder.path, `${namedFrom(cwd, folder.path)}/`, cwd));
    // Helm applies these as they are.
    if (entries.some((entry) => entry.name === 'crds' && entry.isDirectory()))
      yield* filesBelow({ path: join(folder.path, 'crds'), real: join(folder.real, 'crds') }, walk);
    return;
  }
  const isChainsaw = entries.some(({ name }) => CHAINSAW.test(name));
  const isExpected = (name: string): boolean =>
    EXPECTED.test(name) || (isChainsaw && EXPECTED_BY_CHAINSAW.test(name));
  for (const entry of entries) {
    const place = { path: join(folder.path, entry.name), real: join(folder.real, entry.name) };
    const { path } = place;
    if (entry.isDirectory()) {
      if (isOfPackages(entry.name, path)) skip(path, 'packages');
      else if (entry.name.startsWith('.')) skip(path, 'hidden');
      else yield* filesBelow(place, walk);
    } else if (TEMPLATE.test(entry.name)) skip(path, 'unrendered');
    else if (isManifest(entry.name)) {
      const target = entry.isSymbolicLink() ? targetOf(path, walk.top) : place.real;
      if (isReason(target)) skip(path, 'link', target.reason);
      else if (!isFile(target)) continue;
      else if (isExpected(entry.name)) skip(path, 'expected');
      else yield { path, real: target };
    } else if (entry.isSymbolicLink() && isFolder(path)) {
      // It may lead back up.
      skip(path, 'link', 'a link to a folder');
    }
  }
}

/**
 * What a package manager puts into a folder of packages, by the folder's name. A folder called `vendor` without it may hold
 * manifests: charts and bases that were copied to be applied.
 *
 * @source https://go.dev/ref/mod#vendoring for `modules.txt`, PEP 405 for `pyvenv.cfg`, and Composer's `autoload.php`
 */
const PACKAGES = new Map([
  ['vendor', ['modules.txt', 'autoload.php']],
  ['venv', ['pyvenv.cfg']],
  ['env', ['pyvenv.cfg']],
]);

/** Whether a folder holds what a package manager installed, such as the tests and examples of others. */
function isOfPackages(name: string, path: string): boolean {
  return name === 'node_modules' || PACKAGES.get(name)?.some((file) => existsSync(join(path, file))) === true;
}

/** The entries of a folder, sorted; none if it cannot be read. */
function readFolder(folder: string, { cwd, problems }: Walk): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    const place = namedFrom(cwd, folder);
    problems.push({ code: 'INPUT_UNREADABLE', place, message: reasonOf(error), source: `${place}:1` });
    return [];
  }
}

/** `path` without links; a pipe of the shell has none. */
function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** Whether there is a folder behind a link. */
function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
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

/** Where a link leads, or why it is not followed: to a file that is not below `top`, or that git keeps for itself. */
function targetOf(link: string, top: string): string | { readonly reason: string } {
  let target: string;
  try {
    target = realpathSync(link);
  } catch {
    return { reason: 'a link that leads nowhere' };
  }
  const prefix = top.endsWith(sep) ? top : top + sep;
  const isInside = target.startsWith(prefix) && !target.slice(prefix.length).split(sep).includes('.git');
  return isInside ? target : { reason: `a link that leads out of ${top}` };
}

function isReason(target: string | { readonly reason: string }): target is { readonly reason: string } {
  return typeof target !== 'string';
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
  const options = isFolder(join(folder, 'crds')) ? ' --include-crds' : '';
  return {
    shown,
    why: 'chart',
    command: `helm template ${path}${options} | seaworthy check -`,
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
