import { managedEntries } from '../../apiserver/apply/managed-fields';
import { equal } from '../../apiserver/update/equal';
import type { PlainRecord } from '../../manifest/data';
import type { KubeObject } from '../../manifest/manifest';
import { MANAGER } from './types';

/** Whether storing `now` over `was` would change nothing: neither a field of the manifest nor which of them are ours. */
export function isUnchanged(was: KubeObject, now: KubeObject): boolean {
  return equal(comparable(was), comparable(now));
}

/** Without what others write at any time, and what counts writes. */
function comparable(object: KubeObject): PlainRecord {
  const { status: _, metadata, ...rest } = object;
  const { managedFields: _fields, resourceVersion: _version, generation: _generation, ...own } = metadata;
  const applied = managedEntries(object).filter(
    ({ manager, operation }) => manager === MANAGER && operation === 'Apply',
  );
  return {
    ...rest,
    metadata: own,
    applied: applied.map(({ subresource, fields }) => ({ subresource, fields })),
  };
}
