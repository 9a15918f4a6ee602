import { basename, dirname, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { SeaworthyError, type Problem } from '../../errors';
import type { Manifest } from '../../manifest/manifest';
import { ManifestSet } from '../../manifest/set';
import { parseDocuments, type ParseOptions } from '../../manifest/yaml/parse';
import { isRecord } from '../project/section';
import { readInput, readStream } from './input';
import { patchesOf } from './kustomization';
import { STDIN } from './sources';
import { KUSTOMIZATIONS, walk, type Found, type Skipped } from './walk';

/** The manifests in files, folders and stdin. */
export interface FileManifests {
  readonly manifests: readonly Manifest[];
  readonly skipped: readonly Skipped[];
  /** The text of stdin, if it was read. */
  readonly stdin?: string;
}

/**
 * Reads the manifests in files, in folders, and for `-` in stdin.
 *
 * @param known documents that are not parsed again, as `parseDocuments` takes them
 * @throws SeaworthyError INPUT_UNREADABLE, INVALID_YAML, NOT_AN_OBJECT, with the problems of all files
 */
export async function readManifests(
  args: readonly string[],
  cwd: string,
  stdin: Readable | undefined,
  known?: ParseOptions['known'],
): Promise<FileManifests> {
  const skipped: Skipped[] = [];
  const found = walk(
    args.filter((arg) => arg !== '-'),
    cwd,
    skipped,
  );
  const manifests: Manifest[] = [];
  const problems: Problem[] = [];
  const read = (shown: string, text: string, named: boolean): void => {
    const result = manifestsIn(shown, text, named, known);
    if ('reason' in result) skipped.push({ shown, reason: result.reason });
    else if ('problems' in result) problems.push(...result.problems);
    else manifests.push(...result.manifests);
  };
  const patches = new Set<string>();
  for (const { path, shown } of found.filter(isKustomization)) {
    const folder = dirname(path);
    for (const patch of patchesOf(await readInput(path, shown))) patches.add(resolve(folder, patch));
    const command = `kubectl kustomize ${dirname(shown)} | seaworthy check -`;
    skipped.push({ shown, reason: `not a manifest; check what it builds: ${command}` });
  }
  for (const file of found) {
    if (isKustomization(file)) continue;
    if (patches.has(file.path)) skipped.push({ shown: file.shown, reason: 'a patch of a kustomization' });
    else read(file.shown, await readInput(file.path, file.shown), file.named);
  }
  const piped = args.includes('-') ? await readStdin(stdin) : undefined;
  if (piped !== undefined) read(STDIN, piped, true);
  const [first, ...more] = problems;
  if (first !== undefined) throw new SeaworthyError(first, ...more);
  return { manifests, skipped, ...(piped !== undefined && { stdin: piped }) };
}

function isKustomization({ path }: Found): boolean {
  return KUSTOMIZATIONS.includes(basename(path));
}

type Reading =
  | { readonly manifests: readonly Manifest[] }
  | { readonly reason: string }
  | { readonly problems: readonly Problem[] };

/** The manifests of one file; or the reason to skip it, if only its folder was named. */
function manifestsIn(shown: string, text: string, named: boolean, known: ParseOptions['known']): Reading {
  try {
    return { manifests: [...ManifestSet.parse(text, { source: shown, ...(known && { known }) })] };
  } catch (error) {
    if (!(error instanceof SeaworthyError)) throw error;
    const reason = named ? undefined : otherThanManifests(text, error);
    return reason === undefined ? { problems: error.problems } : { reason };
  }
}

/** Why a file that cannot be read as manifests is skipped; nothing if it looks like manifests with mistakes. */
function otherThanManifests(text: string, { code }: SeaworthyError): string | undefined {
  if (code === 'INVALID_YAML')
    return text.includes('{{') ? 'a template, not yet rendered to YAML' : undefined;
  const documents = parseDocuments(text).map(({ value }) => value);
  return documents.some(claimsToBeObject) ? undefined : 'no Kubernetes objects';
}

function claimsToBeObject(value: unknown): boolean {
  return isRecord(value) && (typeof value['apiVersion'] === 'string' || typeof value['kind'] === 'string');
}

async function readStdin(stdin: Readable | undefined): Promise<string> {
  return stdin === undefined ? '' : readStream(stdin, STDIN);
}
