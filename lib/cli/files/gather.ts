import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { SeaworthyError, type Problem } from '../../errors';
import type { Faulty } from '../../manifest/objects';
import { collectEarlier, MUCH } from '../terminal/heap';
import { looksLikeObject } from './contents/unreadable';
import { NotUtf8, readInput, readStream } from './input';
import { withoutPatches } from './kustomize/above';
import type { BuiltFolder } from './kustomize/kustomize';
import type { Skipped } from './reasons';
import { STDIN } from './sources';
import { KUSTOMIZATIONS, walk, type Found, type Walked } from './walk';

/** What files say, before anything is made of it. Which manifests they hold follows from this alone. */
export interface Gathered {
  readonly texts: readonly Text[];
  /** What kustomizations build. */
  readonly built: readonly BuiltFolder[];
  /** Files that cannot be read. */
  readonly faulty: readonly Faulty[];
  /** Files that were not read. */
  readonly skipped: readonly Skipped[];
  /** All files that were found, kustomizations and what is skipped among them. */
  readonly found: readonly Found[];
}

/** The text of a file, or of stdin, which has no path. */
export interface Text {
  /** Absolute. */
  readonly path?: string;
  /** As messages name it. */
  readonly shown: string;
  /** Whether the user named it. */
  readonly named: boolean;
  readonly text: string;
}

/** Where files are read. */
export interface GatherOptions {
  /** What relative paths start from. */
  readonly cwd: string;
  /** Where kubectl is found, which builds kustomizations. @default they are skipped */
  readonly env?: NodeJS.ProcessEnv | undefined;
  readonly stdin?: Readable | undefined;
  /** Whether a patch of a kustomization outside of what was named is skipped. @default false */
  readonly skipsPatches?: boolean;
}

/**
 * Reads files, the files in folders, and for `-` stdin.
 *
 * @throws SeaworthyError INPUT_UNREADABLE for what the user named and cannot be read
 */
export async function gather(args: readonly string[], options: GatherOptions): Promise<Gathered> {
  return gatherIn(args, walked(args, options.cwd), options);
}

/**
 * As `gather` does, for files alone that say everything themselves: nothing where there is a kustomization, which
 * programs and other files have a part in.
 *
 * @throws SeaworthyError INPUT_UNREADABLE
 */
export async function gatherPlain(
  args: readonly string[],
  options: Omit<GatherOptions, 'env' | 'stdin'>,
): Promise<Gathered | undefined> {
  const files = walked(args, options.cwd);
  return files.found.some(isKustomization) ? undefined : gatherIn(args, files, options);
}

function walked(args: readonly string[], cwd: string): Walked {
  return walk(
    args.filter((arg) => arg !== '-'),
    cwd,
  );
}

async function gatherIn(
  args: readonly string[],
  { found, ...walked }: Walked,
  { cwd, env, stdin, skipsPatches = false }: GatherOptions,
): Promise<Gathered> {
  const kustomizations = found.filter(isKustomization);
  const { others: left, ...kustomized } = await kustomizedIn(found, kustomizations, cwd, env);
  const { patches, others } = skipsPatches
    ? withoutPatches(left, kustomizations, cwd)
    : { patches: [], others: left };
  const texts: Text[] = [];
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
      texts.push({ ...file, text: await readInput(file.path, file.shown) });
    } catch (error) {
      const reading = otherThanText(error, file);
      if ('why' in reading) skipped.push(reading);
      else faulty.push(...reading.problems.map(unreadable));
    }
  }
  if (args.includes('-')) texts.push({ shown: STDIN, named: true, text: await readStdin(stdin) });
  if (sizeOf(texts) > MUCH) collectEarlier();
  return { texts, built: kustomized.built, faulty, skipped, found };
}

/** Characters in all. */
export function sizeOf(texts: readonly Text[]): number {
  return texts.reduce((size, { text }) => size + text.length, 0);
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
