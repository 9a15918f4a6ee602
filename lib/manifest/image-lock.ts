import { nearest, SeaworthyError, type Problem } from '../errors';
import { fullImageName, imageProblem, parseImage } from '../kube/image';
import { isPlainRecord } from './data';
import { emitYaml } from './yaml/emit';
import { parseDocuments } from './yaml/parse';

/** The name of the file, which stands beside cdk8s.yaml. */
export const IMAGE_LOCK = 'images.lock.yaml';

const ABOUT =
  '# The digests that synth appends to image tags. Written by `seaworthy images --pin` and `--update`; commit it.\n';

/** The digests of image tags. */
export class ImageLock {
  readonly #digests = new Map<string, string>();
  readonly #entries: ReadonlyMap<string, string>;

  /** @param entries digests by image: `nginx:1.27` to `sha256:…` */
  constructor(entries: ReadonlyMap<string, string>) {
    this.#entries = new Map([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
    for (const [image, digest] of entries) this.#digests.set(lockKey(image) ?? image, digest);
  }

  /** The images as they are written in it, sorted, with their digests. */
  get entries(): ReadonlyMap<string, string> {
    return this.#entries;
  }

  /** The digest of an image that has none; `nginx:1.27` and `docker.io/library/nginx:1.27` are one image. */
  digestOf(image: string): string | undefined {
    const key = lockKey(image);
    return key === undefined ? undefined : this.#digests.get(key);
  }

  /** An image with its digest; the same where it has one, or the lock does not. */
  pinned(image: string): string {
    const digest = this.digestOf(image);
    return digest === undefined ? image : `${image}@${digest}`;
  }

  /** The text of the file. */
  toText(): string {
    return `${ABOUT}${emitYaml({ images: Object.fromEntries(this.#entries) })}`;
  }
}

/** What an image without a digest is known by; nothing where it has one, or is no image reference. */
export function lockKey(image: string): string | undefined {
  const reference = parseImage(image);
  if (reference === undefined || reference.digest !== undefined) return undefined;
  return `${fullImageName(reference)}:${reference.tag ?? 'latest'}`;
}

/** Why a text is no digest; `undefined` if it is one. */
export function digestFault(digest: unknown): string | undefined {
  if (typeof digest !== 'string') return 'must be a digest in a string, such as sha256:…';
  return imageProblem(`image@${digest}`);
}

/**
 * Reads a lock.
 *
 * @param file its name, for messages
 * @throws SeaworthyError INVALID_YAML, or INPUT_UNREADABLE with all that is wrong and its line
 */
export function parseImageLock(text: string, file: string): ImageLock {
  const [document, second] = parseDocuments(text, { source: file });
  const problems: Problem[] = [];
  const refuse = (path: string, message: string, hint: string, key = ''): void => {
    const line = lineOf(text, key);
    const source = line === undefined ? file : `${file}:${line}`;
    problems.push({
      code: 'INPUT_UNREADABLE',
      place: file,
      ...(path !== '' && { path }),
      message,
      hint,
      source,
    });
  };
  const value = document?.value;
  const images = isPlainRecord(value) ? value['images'] : undefined;
  if (document !== undefined && (!isPlainRecord(images) || second !== undefined))
    refuse('', 'expected one mapping with "images", a digest each image', RESTORE);
  const entries = new Map<string, string>();
  const written = new Map<string, string>();
  if (isPlainRecord(value))
    for (const key of Object.keys(value).filter((each) => each !== 'images'))
      refuse(
        key,
        `unknown key "${key}"`,
        nearest(key, ['images']) === undefined ? RESTORE : 'Did you mean images?',
        key,
      );
  for (const { path, lines } of document?.dropped ?? [])
    refuse(
      path,
      `stands twice, in lines ${lines.join(' and ')}`,
      'After a merge, keep the one that is deployed.',
    );
  for (const [image, digest] of Object.entries(isPlainRecord(images) ? images : {})) {
    const path = `images[${image}]`;
    const key = lockKey(image);
    const wrong = imageProblem(image) ?? (key === undefined ? 'must have no digest of its own' : undefined);
    const fault = digestFault(digest);
    if (wrong !== undefined) refuse(path, `Invalid value: "${image}": ${wrong}`, RESTORE, image);
    if (fault !== undefined)
      refuse(
        path,
        `Invalid value: ${JSON.stringify(digest)}: ${fault}`,
        'Run `seaworthy images --pin` once the entry is deleted.',
        image,
      );
    const other = key === undefined ? undefined : written.get(key);
    if (other !== undefined && entries.get(other) !== digest)
      refuse(path, `is another digest of "${other}", which is the same image`, 'Keep one of the two.', image);
    if (wrong !== undefined || fault !== undefined || key === undefined) continue;
    written.set(key, image);
    entries.set(image, String(digest));
  }
  const [first, ...more] = problems;
  if (first !== undefined) throw new SeaworthyError(first, ...more);
  return new ImageLock(entries);
}

const RESTORE = 'Restore the file from version control, or write it anew with `seaworthy images --pin`.';

/** The line on which a key stands, counted from 1. */
function lineOf(text: string, key: string): number | undefined {
  if (key === '') return undefined;
  const index = text.split('\n').findIndex((line) => {
    const content = line.trim().replace(/^["']/, '');
    return content.startsWith(key) && /^["']?\s*:/.test(content.slice(key.length));
  });
  return index < 0 ? undefined : index + 1;
}
