import { imageProblem, parseImage } from '../kube/image';
import type { ImageReference } from '../kube/image';
import type { Manifest } from '../manifest/manifest';
import type { Field } from '../manifest/field';
import { podsOf } from './pods';
import type { Cluster } from './cluster';

/** The image of a container. */
export interface Image {
  readonly manifest: Manifest;
  readonly field: Field;
  /** Its parts; nothing where it is no image reference. */
  readonly reference: ImageReference | undefined;
  /** Why it is none. */
  readonly problem: string | undefined;
}

/** The image of every container to judge. An empty one, or none, is for admission to refuse. */
export function images(cluster: Cluster): readonly Image[] {
  return cluster.derived(readImages);
}

function readImages(cluster: Cluster): readonly Image[] {
  return podsOf(cluster).flatMap(({ manifest, containers }) =>
    containers
      .map(({ field }) => field.child('image'))
      .filter(({ text }) => text !== '')
      .map((field) => {
        const reference = parseImage(field.text);
        const problem = reference === undefined ? imageProblem(field.text) : undefined;
        return { manifest, field, reference, problem };
      }),
  );
}
