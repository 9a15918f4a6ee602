import { imageProblem, parseImage } from '../kube/image';
import type { ImageReference } from '../kube/image';
import type { Manifest } from '../manifest/manifest';
import type { Field } from '../manifest/field';
import { podsOf, type Container, type Pods } from './pods';
import type { Cluster } from './cluster';

/** The image of a container or a volume. */
export interface Image {
  readonly manifest: Manifest;
  readonly field: Field;
  /** What uses it. */
  readonly user: ImageUser;
  /** Its parts; nothing where it is no image reference. */
  readonly reference: ImageReference | undefined;
  /** Why it is none. */
  readonly problem: string | undefined;
}

/** What uses an image: a container by its role, or a volume. */
export interface ImageUser {
  readonly role: Container['role'] | 'volume';
  /** Name of the container or volume; the path of one that has none. */
  readonly name: string;
}

/** The image of every container and volume to judge. An empty one, or none, is for admission to refuse. */
export function images(cluster: Cluster): readonly Image[] {
  return cluster.derived(readImages);
}

function readImages(cluster: Cluster): readonly Image[] {
  return podsOf(cluster).flatMap((pods) =>
    fieldsIn(pods)
      .filter(([field]) => field.text !== '')
      .map(([field, user]) => {
        const reference = parseImage(field.text);
        const problem = reference === undefined ? imageProblem(field.text) : undefined;
        return { manifest: pods.manifest, field, user, reference, problem };
      }),
  );
}

function fieldsIn({ containers, spec }: Pods): (readonly [Field, ImageUser])[] {
  return [
    ...containers.map(({ field, role, name }) => [field.child('image'), { role, name }] as const),
    ...spec.list('volumes').map((field, index) => {
      const user: ImageUser = { role: 'volume', name: field.child('name').text || `volumes[${index}]` };
      return [field.child('image').child('reference'), user] as const;
    }),
  ];
}
