import { podTemplatePath } from '../kube/pod-template-path';
import { groupOf } from '../kube/schema';
import { isPlainRecord, type PlainRecord } from './data';
import { isEncrypted } from './encrypted';
import type { ImageLock } from './image-lock';
import type { KubeObject } from './manifest';

const CONTAINERS = ['initContainers', 'containers', 'ephemeralContainers'];

/** The object with the digests that the lock has for the images of its pods; itself where there are none. */
export function pinImages(object: KubeObject, lock: ImageLock): KubeObject {
  const { apiVersion, kind } = object;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || isEncrypted(object)) return object;
  const path = podTemplatePath(`${groupOf(apiVersion)}/${kind}`);
  if (path === undefined) return object;
  return changed(object, [...path, 'spec'], (spec) => {
    if (!isPlainRecord(spec) || !Array.isArray(spec['containers'])) return spec;
    const pin = (image: unknown): unknown => (typeof image === 'string' ? lock.pinned(image) : image);
    const containers = CONTAINERS.reduce(
      (all, list) =>
        changed(all, [list], (items) => eachItem(items, (item) => changed(item, ['image'], pin))),
      spec,
    );
    return changed(containers, ['volumes'], (volumes) =>
      eachItem(volumes, (volume) => changed(volume, ['image', 'reference'], pin)),
    );
  });
}

/** A value with what `change` makes of the one at `path`; itself where nothing is there, or nothing changes. */
function changed<T>(value: T, path: readonly string[], change: (value: unknown) => unknown): T {
  const [key, ...below] = path;
  if (key === undefined) return change(value) as T;
  if (!isPlainRecord(value) || !Object.hasOwn(value, key)) return value;
  const record: PlainRecord = value;
  const next = changed(record[key], below, change);
  return next === record[key] ? value : ({ ...record, [key]: next } as T);
}

function eachItem(items: unknown, change: (item: unknown) => unknown): unknown {
  if (!Array.isArray(items)) return items;
  const next = items.map(change);
  return next.every((item, index) => item === items[index]) ? items : next;
}
