import type { ImageLock } from '../../manifest/image-lock';
import { pinImages } from '../../manifest/pin-images';
import { ManifestSet } from '../../manifest/set';
import { emitDocuments } from '../../manifest/yaml/emit';
import type { Result } from './results';

/**
 * A result with the digests of the lock. Our App has rendered with them; cdk8s's own, and those of other languages and of older
 * versions, have not.
 */
export function pinnedResult(result: Result, lock: ImageLock): Result {
  if (lock.entries.size === 0) return result;
  const manifests = result.manifests.map((manifest) => {
    const object = pinImages(manifest.object, lock);
    return object === manifest.object ? manifest : { ...manifest, object };
  });
  const files =
    result.files && new Map([...result.files].map(([path, text]) => [path, pinnedText(text, lock)]));
  return { ...result, manifests, ...(files && { files }) };
}

/** A file that has nothing to pin stays as cdk8s wrote it. */
function pinnedText(text: string, lock: ImageLock): string {
  const objects = [...ManifestSet.parse(text)].map(({ object }) => object);
  const pinned = objects.map((object) => pinImages(object, lock));
  return pinned.every((object, index) => object === objects[index]) ? text : emitDocuments(pinned);
}
