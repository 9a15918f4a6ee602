import type { Elsewhere } from '../../graph/around';
import { SeaworthyError } from '../../errors';
import type { Manifest } from '../../manifest/manifest';
import type { Faulty } from '../../manifest/objects';
import { progress } from '../../manifest/progress';
import type { ParseOptions } from '../../manifest/yaml/parse';
import { Contents } from './contents/contents';
import { elsewhereOf } from './elsewhere';
import { gather, type Gathered, type GatherOptions } from './gather';
import type { BuiltFolder } from './kustomize/kustomize';
import type { Skipped } from './reasons';

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
export interface ReadOptions extends GatherOptions {
  /** Documents that are not parsed again, as `parseDocuments` takes them. */
  readonly known?: ParseOptions['known'];
}

/**
 * Reads the manifests in files, in folders, and for `-` in stdin. What is no manifest is skipped, and what is broken hides
 * nothing of the rest.
 *
 * @throws SeaworthyError INPUT_UNREADABLE for what the user named and cannot be read
 */
export async function readManifests(args: readonly string[], options: ReadOptions): Promise<FileManifests> {
  return manifestsIn(await gather(args, options), args, options);
}

/** The manifests in what was read for `args`. */
export function manifestsIn(
  { texts, built, faulty, skipped: unread, found }: Gathered,
  args: readonly string[],
  { cwd, known }: Pick<ReadOptions, 'cwd' | 'known'>,
): FileManifests {
  const contents = new Contents(known);
  for (const [index, { text, ...file }] of texts.entries()) {
    progress('reading files', index, texts.length);
    contents.add(text, file);
  }
  const read = contents.sorted();
  const skipped = [...unread, ...read.skipped];
  const piped = texts.find(({ path }) => path === undefined);
  return {
    manifests: read.manifests,
    built,
    faulty: [...faulty, ...read.faulty],
    encrypted: [...read.encrypted, ...built.flatMap(({ encrypted }) => encrypted)],
    skipped,
    folders: found.some((file) => !file.named),
    ...(found.length > 0 && { elsewhere: elsewhereOf(args, found, skipped, cwd) }),
    ...(piped !== undefined && { stdin: piped.text }),
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
