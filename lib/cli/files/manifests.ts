import { basename, dirname, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { SeaworthyError, type Problem } from '../../errors';
import type { Manifest } from '../../manifest/manifest';
import type { Faulty } from '../../manifest/objects';
import type { ParseOptions } from '../../manifest/yaml/parse';
import { Contents } from './contents/contents';
import { looksLikeObject } from './contents/unreadable';
import { NotUtf8, readInput, readStream } from './input';
import { patchesOf } from './kustomization';
import type { Skipped } from './reasons';
import { STDIN } from './sources';
import { KUSTOMIZATIONS, walk, type Found } from './walk';

/** The manifests in files, folders and stdin. */
export interface FileManifests {
  readonly manifests: readonly Manifest[];
  /** Documents that are meant to be objects and are broken, and files that cannot be read. */
  readonly faulty: readonly Faulty[];
  /** Objects that SOPS has encrypted: they exist, and cannot be judged. */
  readonly encrypted: readonly Manifest[];
  readonly skipped: readonly Skipped[];
  /** The text of stdin, if it was read. */
  readonly stdin?: string;
}

/**
 * Reads the manifests in files, in folders, and for `-` in stdin. What is no manifest is skipped, and what is broken hides
 * nothing of the rest.
 *
 * @param known documents that are not parsed again, as `parseDocuments` takes them
 * @throws SeaworthyError INPUT_UNREADABLE for what the user named and cannot be read
 */
export async function readManifests(
  args: readonly string[],
  cwd: string,
  stdin: Readable | undefined,
  known?: ParseOptions['known'],
): Promise<FileManifests> {
  const walked = walk(
    args.filter((arg) => arg !== '-'),
    cwd,
  );
  const skipped: Skipped[] = [...walked.skipped];
  const faulty: Faulty[] = walked.problems.map(unreadable);
  const contents = new Contents(known);
  const patches = new Set<string>();
  for (const file of walked.found.filter(isKustomization)) {
    const { path, shown, named } = file;
    const folder = dirname(path);
    for (const patch of patchesOf(await readInput(path, shown))) patches.add(resolve(folder, patch));
    const command = `kubectl kustomize ${dirname(shown)} | seaworthy check -`;
    skipped.push({ shown, why: 'kustomization', named, command });
  }
  for (const file of walked.found) {
    const { path, shown, named } = file;
    if (isKustomization(file)) continue;
    if (patches.has(path)) {
      skipped.push({ shown, why: 'patch', named, reason: 'a patch of a kustomization' });
      continue;
    }
    try {
      contents.add(await readInput(path, shown), { shown, named });
    } catch (error) {
      if (error instanceof NotUtf8 && !named && !looksLikeObject(error.text)) {
        skipped.push({ shown, why: 'binary', reason: 'not UTF-8, and no Kubernetes object' });
        continue;
      }
      if (!(error instanceof SeaworthyError) || (named && error.code === 'INPUT_UNREADABLE')) throw error;
      faulty.push(...error.problems.map(unreadable));
    }
  }
  const piped = args.includes('-') ? await readStdin(stdin) : undefined;
  if (piped !== undefined) contents.add(piped, { shown: STDIN, named: true });
  const read = contents.sorted();
  return {
    manifests: read.manifests,
    faulty: [...faulty, ...read.faulty],
    encrypted: read.encrypted,
    skipped: [...skipped, ...read.skipped],
    ...(piped !== undefined && { stdin: piped }),
  };
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

function unreadable(problem: Problem): Faulty {
  const { place = '' } = problem;
  return { value: undefined, path: '', problem: { source: `${place}:1`, ...problem } };
}

function isKustomization({ path }: Found): boolean {
  return KUSTOMIZATIONS.includes(basename(path));
}

async function readStdin(stdin: Readable | undefined): Promise<string> {
  return stdin === undefined ? '' : readStream(stdin, STDIN);
}
