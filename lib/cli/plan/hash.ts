import { createHash } from 'node:crypto';
import { isPlainRecord } from '../../manifest/data';
import { identityKey } from '../../manifest/manifest';
import type { Side } from './side';
import { jsonText } from '../../manifest/json-text';

/** Digests of objects, which both sides often share. */
const digests = new WeakMap<object, string>();

/** A hash of all objects of a side, independent of their files and order. */
export function hashOf({ places }: Side): string {
  const lines = [...places].flatMap(([place, manifests]) =>
    manifests.map(({ id, object }) => `${place}|${identityKey(id)}|${digestOf(object)}`),
  );
  return `sha256:${sha256(lines.sort().join('\n'))}`;
}

function digestOf(object: object): string {
  let digest = digests.get(object);
  if (digest === undefined) digests.set(object, (digest = sha256(jsonText(sorted(object)))));
  return digest;
}

/** `value` with sorted keys. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isPlainRecord(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([key, each]) => [key, sorted(each)]);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
