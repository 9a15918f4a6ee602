import { grouped } from '../../kube/grouped';
import { parseImage } from '../../kube/image';
import { groupOf, type KubeObject } from '../../manifest/manifest';
import { imageName, mapContainerImages } from '../container-images';

/** An image that a pipeline can be given in another version. */
export interface BoundImage {
  /** Without tag and digest: `ghcr.io/acme/api`. */
  readonly name: string;
  /** As the code has it: `ghcr.io/acme/api:1.4.2`. */
  readonly reference: string;
  /** Its digest, or its tag. */
  readonly version: string;
}

/** Kinds in which Spinnaker replaces images, and the lists of containers where it looks. */
const LISTS: Readonly<Record<string, readonly string[]>> = {
  '/Pod': ['containers'],
  'apps/DaemonSet': ['containers', 'initContainers'],
  'apps/Deployment': ['containers', 'initContainers'],
  'apps/ReplicaSet': ['containers', 'initContainers'],
  'apps/StatefulSet': ['containers', 'initContainers'],
  'batch/CronJob': ['containers', 'initContainers'],
  'batch/Job': ['containers', 'initContainers'],
};

/**
 * The images that Spinnaker can bind in what a pipeline deploys.
 *
 * It binds by the name: an image that one stage has in two versions is left out, since both would become one. So is one
 * without a version, and one of which Spinnaker would take another text for the name.
 *
 * Source: `Replacer.java` of Spinnaker's clouddriver.
 *
 * @param stages the objects of each stage
 */
export function boundImages(stages: readonly (readonly KubeObject[])[]): ReadonlyMap<string, BoundImage> {
  const ambiguous = new Set<string>();
  const all = new Map<string, BoundImage>();
  for (const objects of stages) {
    const references = new Set(objects.flatMap(imagesIn));
    const images = [...references].map((each) => ({ each, image: boundImage(each), name: imageName(each) }));
    for (const [name, same] of grouped(images, (one) => one.name)) if (same.length > 1) ambiguous.add(name);
    for (const { each, image } of images) if (image !== undefined) all.set(each, image);
  }
  return new Map(
    [...all].filter(([, { name }]) => !ambiguous.has(name)).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** The images of an object where Spinnaker looks for them. */
export function imagesIn(object: KubeObject): readonly string[] {
  const found: string[] = [];
  mapImages(object, (image) => {
    found.push(image);
    return image;
  });
  return found;
}

/** The object with the names of those images that are bound, as which Spinnaker finds them. */
export function unbound(object: KubeObject, images: ReadonlyMap<string, BoundImage>): KubeObject {
  return mapImages(object, (image) => images.get(image)?.name ?? image);
}

function mapImages(object: KubeObject, change: (image: string) => string): KubeObject {
  return mapContainerImages(object, LISTS[`${groupOf(object.apiVersion)}/${object.kind}`] ?? [], change);
}

function boundImage(reference: string): BoundImage | undefined {
  const image = parseImage(reference);
  const version = image?.digest ?? image?.tag;
  const name = imageName(reference);
  // Of "host:5000/api" Spinnaker takes "host" for the name.
  return version === undefined || name.includes(':') ? undefined : { name, reference, version };
}
