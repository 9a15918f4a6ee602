import { parseImage } from '../kube/image';
import { podTemplatePath } from '../kube/pod-template-path';
import { isPlainRecord, type PlainRecord } from '../manifest/data';
import { groupOf, type KubeObject } from '../manifest/manifest';

/**
 * The object with other images in its pods.
 *
 * @param lists the lists of containers: `containers`, `initContainers`
 */
export function mapContainerImages(
  object: KubeObject,
  lists: readonly string[],
  change: (image: string) => string,
): KubeObject {
  const path = podTemplatePath(`${groupOf(object.apiVersion)}/${object.kind}`);
  if (path === undefined || lists.length === 0) return object;
  return changed(object, [...path, 'spec'], (spec) => ({
    ...spec,
    ...Object.fromEntries(
      lists.filter((list) => Array.isArray(spec[list])).map((list) => [list, containers(spec[list], change)]),
    ),
  })) as KubeObject;
}

/** An image as it is written, without its tag and digest. */
export function imageName(reference: string): string {
  const image = parseImage(reference);
  if (image === undefined) return reference;
  return image.registry === undefined ? image.repository : `${image.registry}/${image.repository}`;
}

function containers(list: unknown, change: (image: string) => string): unknown {
  return (list as unknown[]).map((each) => {
    const image = isPlainRecord(each) ? each['image'] : undefined;
    return isPlainRecord(each) && typeof image === 'string' ? { ...each, image: change(image) } : each;
  });
}

/** A copy in which the record at a path is another one; the record itself where there is none. */
function changed(
  record: PlainRecord,
  [key, ...rest]: readonly string[],
  change: (record: PlainRecord) => PlainRecord,
): PlainRecord {
  if (key === undefined) return change(record);
  const inner = record[key];
  return isPlainRecord(inner) ? { ...record, [key]: changed(inner, rest, change) } : record;
}
