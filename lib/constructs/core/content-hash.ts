import { createHash } from 'node:crypto';
import { shorten } from '../../kube/names';
import type { KubeObject as PlainObject } from '../../manifest/manifest';
import { NAME_LENGTH } from './names';

const HASH_LENGTH = 10;

/** Longest name that leaves room for a dash and the hash. */
export const HASHED_NAME_LENGTH = NAME_LENGTH - HASH_LENGTH - 1;

/** Hash of plain data whose keys are in a fixed order: ten hexadecimal digits. */
export function hashOf(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, HASH_LENGTH);
}

/** `object` under a name that ends in a hash of `content`: with other content it is another object. */
export function namedByContent(object: PlainObject, content: unknown): PlainObject {
  const name = object.metadata.name ?? '';
  const base = name.length <= HASHED_NAME_LENGTH ? name : shorten([name], HASHED_NAME_LENGTH);
  return { ...object, metadata: { ...object.metadata, name: `${base}-${hashOf(content)}` } };
}
