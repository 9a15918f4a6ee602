import type { ObjectId } from '../../manifest/manifest';
import type { Paint } from '../paint';

/** An image, and where it is used. */
export interface ListedImage {
  /** As the manifests have it: `ghcr.io/acme/api:1.4.2`. */
  readonly image: string;
  /** Registry and path: `docker.io/library/nginx`. @default it is no image reference */
  readonly name?: string;
  readonly tag?: string;
  /** Algorithm and hex: `sha256:…`. */
  readonly digest?: string;
  /** What it is pinned by: the manifests themselves, or the lock. @default it is not pinned */
  readonly pinnedBy?: 'manifest' | 'lock';
  readonly uses: readonly ImageUse[];
}

/** A container or a volume with an image. */
export interface ImageUse {
  readonly app?: string;
  readonly environment?: string;
  readonly object: ObjectId;
  readonly role: 'init' | 'sidecar' | 'main' | 'ephemeral' | 'volume';
  /** Name of the container or volume. */
  readonly name: string;
  /** The field, as the API server writes it. */
  readonly path: string;
  readonly construct?: string;
  /** `apps/shop/shop.ts:42`. */
  readonly source?: string;
}

/** What `seaworthy images` prints. */
export interface ImagesReport {
  /** Sorted by image; the uses by environment, object and field. */
  readonly images: readonly ListedImage[];
  /** Entries of the lock that nothing uses. */
  readonly unused: readonly string[];
}

export type ImagesPrinter = (report: ImagesReport, paint: Paint) => string;

/** `container api`, `volume models`. */
export function userOf({ role, name }: ImageUse): string {
  const noun = role === 'main' || role === 'volume' ? '' : ` (${role})`;
  return `${role === 'volume' ? 'volume' : 'container'} ${name}${noun}`;
}
