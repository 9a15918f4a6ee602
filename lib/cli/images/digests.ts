import { nearest, SeaworthyError, type Problem } from '../../errors';
import { isPlainRecord } from '../../manifest/data';
import { digestFault, ImageLock, lockKey } from '../../manifest/image-lock';

/**
 * The digests in a JSON object, by image.
 *
 * @param place the file, for messages
 * @throws SeaworthyError INPUT_UNREADABLE with all that is wrong
 */
export function readDigests(text: string, place: string): ImageLock {
  const problems: Problem[] = [];
  const refuse = (message: string, path = ''): void =>
    void problems.push({
      code: 'INPUT_UNREADABLE',
      place,
      ...(path !== '' && { path }),
      message,
      hint: 'Expected JSON such as {"nginx:1.27": "sha256:…"}.',
    });
  const entries = new Map<string, string>();
  const value = parsed(text);
  if (!isPlainRecord(value)) refuse('expected a JSON object of digests by image');
  for (const [image, digest] of Object.entries(isPlainRecord(value) ? value : {})) {
    const fault = lockKey(image) === undefined ? 'is no image without a digest' : digestFault(digest);
    if (fault === undefined) entries.set(image, String(digest));
    else refuse(fault, image);
  }
  const [first, ...more] = problems;
  if (first !== undefined) throw new SeaworthyError(first, ...more);
  return new ImageLock(entries);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @throws SeaworthyError INPUT_UNREADABLE for an image that the digests lack */
export function missingDigest(image: string, given: ImageLock, place: string): Problem {
  const near = nearest(image, [...given.entries.keys()]);
  return {
    code: 'INPUT_UNREADABLE',
    place,
    message: `Required value: the digest of ${image}`,
    ...(near !== undefined && { hint: `Did you mean it by "${near}"?` }),
  };
}
