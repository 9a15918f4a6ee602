import type { IConstruct } from 'constructs';
import type { ImageLock } from '../../manifest/image-lock';
import type { KubeObject } from '../../manifest/manifest';
import { pinImages } from '../../manifest/pin-images';

/** The lock of each app. */
const locks = new WeakMap<IConstruct, ImageLock>();

/** Sets the digests that the objects of an app are rendered with. */
export function setImageLock(app: IConstruct, lock: ImageLock): void {
  locks.set(app, lock);
}

/**
 * The object as it is rendered: its images with the digests of the app's lock. It comes before names that follow the content,
 * so that another digest makes another Job.
 */
export function withDigests(construct: IConstruct, object: KubeObject): KubeObject {
  const lock = locks.get(construct.node.root);
  return lock === undefined || lock.entries.size === 0 ? object : pinImages(object, lock);
}
