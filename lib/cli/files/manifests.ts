import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, resolve, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { SeaworthyError, type Problem } from '../../errors';
import type { Elsewhere } from '../../graph/around';
import type { Manifest } from '../../manifest/manifest';
import type { Faulty } from '../../manifest/objects';
import type { ParseOptions } from '../../manifest/yaml/parse';
import { Contents } from './contents/contents';
import { looksLikeObject } from './contents/unreadable';
import { NotUtf8, readInput, readStream } from './input';
import { withoutPatches } from './kustomize/above';
import type { BuiltFolder } from './kustomize/kustomize';
import { projectFiles } from './project-files';
import type { Skipped } from './reasons';
import { repositoryOf, STDIN } from './sources';
import { KUSTOMIZATIONS, walk, type Found } from './walk';

/** The manifests in files, folders and stdin. */
export interface FileManifests {
  /** Those that stand in files. */
  readonly manifests: readonly Manifest[];
  /** Those that kustomizations build. */
  readonly built: readonly BuiltFolder[];
  /** Documents that are meant to be objects and are broken, and files that cannot be read. */
  readonly faulty: readonly Faulty[];
  /** Objects that SOPS has encrypted: they exist, and cannot be judged. */
  readonly encrypted: readonly Manifest[];
  readonly skipped: readonly Skipped[];
  /** Whether the user named a folder, which may hold what is for several clusters. */
  readonly folders: boolean;
  /** What other files of the project say; nothing where only stdin was read. */
  readonly elsewhere?: Elsewhere;
  /** The text of stdin, if it was read. */
  readonly stdin?: string;
}

/** Where files are read, and how. */
export interface ReadOptions {
  /** What relative paths start from. */
  readonly cwd: string;
  /** Where kubectl is found, which builds kustomizations. @default they are skipped */
  readonly env?: NodeJS.ProcessEnv | undefined;
  readonly stdin?: Readable | undefined;
  /** Whether a patch of a kustomization outside of what was named is skipped. @default false */
  readonly skipsPatches?: boolean;
  /** Documents that are not parsed again, as `parseDocuments` takes them. */
  readonly known?: ParseOptions['known'];
}

/**
 * Reads the manifests in files, in folders, and for `-` in stdin. What is no manifest is skipped, and what is broken hides
 * nothing of the rest.
 *
 * @throws SeaworthyError INPUT_UNREADABLE for what the user named and cannot be read
 */
export async function readManifests(
  args: readonly string[],
  { cwd, env, stdin, known, skipsPatches = false }: ReadOptions,
): Promise<FileManifests> {
  const { found, ...walked } = walk(
    args.filter((arg) => arg !== '-'),
    cwd,
  );
  const kustomizations = found.filter(isKustomization);
  const { others: left, ...kustomized } = await kustomizedIn(found, kustomizations, cwd, env);
  const { patches, others } = skipsPatches
    ? withoutPatches(left, kustomizations, cwd)
    : { patches: [], others: left };
  const contents = new Contents(known);
  const faulty: Faulty[] = [...walked.problems.map(unreadable), ...kustomized.faulty];
  const skipped: Skipped[] = [...walked.skipped, ...kustomized.skipped, ...patches];
  for (const file of others) {
    if (file.named && PROGRAM.test(file.path)) {
      // Alone it is a mistake of the command; among others, it hides nothing of them.
      if (args.length === 1) throw isProgram(file);
      faulty.push(...isProgram(file).problems.map(unreadable));
      continue;
    }
    try {
      contents.add(await readInput(file.path, file.shown), file);
    } catch (error) {
      const reading = otherThanText(error, file);
      if ('why' in reading) skipped.push(reading);
      else faulty.push(...reading.problems.map(unreadable));
    }
  }
  const piped = args.includes('-') ? await readStdin(stdin) : undefined;
  if (piped !== undefined) contents.add(piped, { shown: STDIN, named: true });
  const read = contents.sorted();
  return {
    manifests: read.manifests,
    built: kustomized.built,
    faulty: [...faulty, ...read.faulty],
    encrypted: [...read.encrypted, ...kustomized.built.flatMap(({ encrypted }) => encrypted)],
    skipped: [...skipped, ...read.skipped],
    folders: found.some((file) => !file.named),
    ...(found.length > 0 && { elsewhere: elsewhereOf(args, found, [...skipped, ...read.skipped], cwd) }),
    ...(piped !== undefined && { stdin: piped }),
  };
}

/** All manifests of `read`, whoever made them. */
export function allManifests({ manifests, built }: FileManifests): Manifest[] {
  return [...manifests, ...built.flatMap((folder) => folder.manifests)];
}

/**
 * `read` without anything broken.
 *
 * @throws SeaworthyError INPUT_UNREADABLE, INVALID_YAML, NOT_AN_OBJECT, with the problems of all files
 */
export function refuseFaulty(read: FileManifests): FileManifests {
  const [first, ...more] = read.faulty.map(({ problem }) => problem);
  if (first !== undefined) throw new SeaworthyError(first, ...more);
  return read;
}

/**
 * The rest of the project that files are from: what stands beside them, and in the repository. A file that holds nothing
 * that was judged, such as a template, counts as well.
 */
function elsewhereOf(
  args: readonly string[],
  found: readonly Found[],
  skipped: readonly Skipped[],
  cwd: string,
): Elsewhere {
  const unread = new Set(
    skipped.filter(({ why }) => why === 'unrendered').map(({ shown }) => resolve(cwd, shown)),
  );
  const judged = new Set(found.map(({ path }) => path).filter((path) => !unread.has(path)));
  const named = args
    .filter((arg) => arg !== '-')
    .map((arg) => resolve(cwd, arg))
    .map((path) =>
      statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? path : dirname(path),
    );
  const repositories = named.map(repositoryOf);
  const parents = named
    .map((folder) => dirname(folder))
    .filter((folder) => repositories.some((top) => isBelow(folder, top)));
  return projectFiles({ named, tops: [...parents, ...repositories] }, judged, cwd);
}

/** Whether a folder is another one, or lies below it. */
function isBelow(folder: string, top: string): boolean {
  return folder === top || folder.startsWith(`${top}${sep}`);
}

async function kustomizedIn(
  found: readonly Found[],
  kustomizations: readonly Found[],
  cwd: string,
  env: NodeJS.ProcessEnv | undefined,
) {
  if (kustomizations.length === 0) return { built: [], faulty: [], skipped: [], others: found };
  const { kustomize } = await import('./kustomize/kustomize');
  return kustomize(found, kustomizations, { cwd, env: env ?? {}, mayBuild: env !== undefined });
}

/**
 * A file that cannot be read, and is meant to be a manifest; or one that is skipped, since it is none.
 *
 * @throws the error, if the user named the file, and for a fault of our own
 */
function otherThanText(error: unknown, { shown, named }: Found): SeaworthyError | Skipped {
  if (error instanceof NotUtf8 && !named && !looksLikeObject(error.text))
    return { shown, why: 'binary', reason: 'not UTF-8, and no Kubernetes object' };
  if (!(error instanceof SeaworthyError) || (named && error.code === 'INPUT_UNREADABLE')) throw error;
  return error;
}

function unreadable(problem: Problem): Faulty {
  const { place = '' } = problem;
  return { value: undefined, path: '', problem: { source: `${place}:1`, ...problem } };
}

/** What is run, and never read as manifests. */
const PROGRAM = /\.(?:[cm]?[jt]s|[jt]sx|py)$/i;

function isProgram({ shown }: Found): SeaworthyError {
  const app = shown.endsWith('.py') ? `"python ${shown}"` : shown;
  return new SeaworthyError({
    code: 'INPUT_UNREADABLE',
    place: shown,
    message: 'a program, not manifests',
    hint: `To check what it synthesizes, run it: seaworthy check --app ${app}.`,
  });
}

/** Whether a file is for Kustomize. Flux has a kind of the same name, whose objects some keep in files of that name. */
function isKustomization({ path }: Found): boolean {
  return KUSTOMIZATIONS.includes(basename(path)) && !isOfFlux(path);
}

function isOfFlux(path: string): boolean {
  try {
    return /^apiVersion:\s*["']?kustomize\.toolkit\.fluxcd\.io\//m.test(readFileSync(path, 'utf8'));
  } catch {
    return false;
  }
}

async function readStdin(stdin: Readable | undefined): Promise<string> {
  return stdin === undefined ? '' : readStream(stdin, STDIN);
}
