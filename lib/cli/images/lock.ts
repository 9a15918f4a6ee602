import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { SeaworthyError, type Problem } from '../../errors';
import { IMAGE_LOCK, ImageLock, lockKey } from '../../manifest/image-lock';
import { reasonOf } from '../../output/failure';
import { writeFile } from '../../output/write-file';
import type { ListedImage } from '../../report/images/report';
import type { Context } from '../terminal/context';
import { missingDigest, readDigests } from './digests';
import type { ImagesFlags } from './flags';
import { dockerLogins } from './registry/credentials';
import { Registries } from './registry/registry';

/** The images, each with what it is pinned by, and the entries of the lock that nothing uses. */
export function withLock(
  images: readonly ListedImage[],
  lock: ImageLock,
): { readonly images: readonly ListedImage[]; readonly unused: readonly string[] } {
  const used = new Set<string>();
  const listed = images.map((image): ListedImage => {
    const tagged = untagged(image);
    if (lock.digestOf(tagged) !== image.digest || image.digest === undefined) return image;
    used.add(lockKey(tagged) ?? '');
    return { ...image, pinnedBy: 'lock' };
  });
  const unused = [...lock.entries.keys()].filter((entry) => !used.has(lockKey(entry) ?? ''));
  return { images: listed, unused };
}

/** The image as the code has it, where the lock has added the digest. */
function untagged({ image }: ListedImage): string {
  const at = image.indexOf('@');
  return at < 0 ? image : image.slice(0, at);
}

/** What has to be in the lock: each image without a digest of its own, once. */
export function lockable(images: readonly ListedImage[]): readonly string[] {
  const found = new Map<string, string>();
  for (const image of images) {
    if (image.pinnedBy === 'manifest' || image.name === undefined) continue;
    const written = untagged(image);
    const key = lockKey(written);
    if (key !== undefined && !found.has(key)) found.set(key, written);
  }
  return [...found.values()].sort();
}

/** Registries that are asked at once. */
const AT_ONCE = 4;

/**
 * Writes the lock: with `pin` the digests that it lacks, with `update` all anew. Entries that nothing uses are dropped.
 *
 * @throws SeaworthyError REGISTRY_FAILED, INPUT_UNREADABLE with all that could not be found; the lock is then as it was
 */
export async function writeLock(
  images: readonly ListedImage[],
  lock: ImageLock,
  root: string,
  flags: ImagesFlags,
  context: Context,
): Promise<void> {
  const { terminal } = context;
  const wanted = lockable(images);
  const known = (image: string): string | undefined =>
    flags.update === true ? undefined : lock.digestOf(image);
  const find = await finder(lock, flags, context);
  const next = new Map<string, string>();
  const problems: Problem[] = [];
  const waiting = [...wanted];
  const work = async (): Promise<void> => {
    for (let image = waiting.shift(); image !== undefined; image = waiting.shift()) {
      try {
        next.set(image, known(image) ?? (await find(image)));
      } catch (error) {
        if (!(error instanceof SeaworthyError)) throw error;
        problems.push(...error.problems);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const [first, ...more] = problems.sort((a, b) => ((a.place ?? '') < (b.place ?? '') ? -1 : 1));
  if (first !== undefined) throw new SeaworthyError(first, ...more);
  const written = new ImageLock(next);
  const changes = changesBetween(lock, written);
  for (const line of changes) terminal.say(line);
  if (changes.length > 0) writeFile(join(root, IMAGE_LOCK), written.toText());
  terminal.say(changes.length === 0 ? `${IMAGE_LOCK} is up to date.` : `Wrote ${IMAGE_LOCK}; commit it.`);
}

function changesBetween(before: ImageLock, after: ImageLock): readonly string[] {
  const changes = [...after.entries].flatMap(([image, digest]) => {
    const old = before.digestOf(image);
    if (old === digest) return before.entries.has(image) ? [] : [`renamed ${image}`];
    return [old === undefined ? `pinned ${image} ${digest}` : `moved ${image} ${old} → ${digest}`];
  });
  const dropped = [...before.entries.keys()].filter((image) => after.digestOf(image) === undefined);
  return [...changes, ...dropped.map((image) => `dropped ${image}`)];
}

type Find = (image: string) => Promise<string>;

/** Where digests come from: a JSON text, or the registries. Where a text lacks one that the lock has, that stays. */
async function finder(lock: ImageLock, flags: ImagesFlags, context: Context): Promise<Find> {
  const { io } = context;
  if (flags.digests !== undefined) {
    const place = flags.digests === '-' ? 'stdin' : flags.digests;
    const given = readDigests(await textOf(flags.digests, context), place);
    return (image) => {
      const digest = given.digestOf(image) ?? lock.digestOf(image);
      return digest === undefined
        ? Promise.reject(new SeaworthyError(missingDigest(image, given, place)))
        : Promise.resolve(digest);
    };
  }
  const ca =
    flags.registryCa === undefined
      ? undefined
      : [readFile(resolve(io.cwd, flags.registryCa), flags.registryCa)];
  const registries = new Registries({
    logins: dockerLogins(io.env),
    ...(ca !== undefined && { ca }),
    ...(io.signal !== undefined && { signal: io.signal }),
  });
  return (image) => registries.digestOf(image);
}

async function textOf(file: string, { io }: Context): Promise<string> {
  return file === '-' ? readAll(io.stdin ?? process.stdin) : readFile(resolve(io.cwd, file), file);
}

function readFile(path: string, place: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new SeaworthyError({
      code: 'INPUT_UNREADABLE',
      place,
      message: `cannot be read: ${reasonOf(error)}`,
    });
  }
}
