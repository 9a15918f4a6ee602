import { fullImageName, parseImage } from '../../../kube/image';

/** Where a registry keeps an image. */
export interface ImagePlace {
  /** Host and optional port, as requests go to it. */
  readonly host: string;
  /** As `docker login` files its credentials. */
  readonly login: string;
  /** Path in the registry. */
  readonly repository: string;
  readonly tag: string;
  /** Whether it is on this machine. */
  readonly isLocal: boolean;
}

const LOCAL = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/;

/** The place of an image without a digest; nothing where that is no image reference. */
export function placeOf(image: string): ImagePlace | undefined {
  const reference = parseImage(image);
  if (reference === undefined) return undefined;
  const name = fullImageName(reference);
  const slash = name.indexOf('/');
  const host = name.slice(0, slash);
  const isHub = host === 'docker.io';
  return {
    host: isHub ? 'registry-1.docker.io' : host,
    login: isHub ? 'https://index.docker.io/v1/' : host,
    repository: name.slice(slash + 1),
    tag: reference.tag ?? 'latest',
    isLocal: LOCAL.test(host),
  };
}
