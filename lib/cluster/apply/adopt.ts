import { isClientSideApply, managedEntries } from '../../apiserver/apply/managed-fields';
import { isPlainRecord, type PlainRecord } from '../../manifest/data';
import type { KubeObject } from '../../manifest/manifest';
import { textAt } from '../fields';
import { MANAGER } from './types';

/**
 * The patch by which fields that `kubectl apply` left become ours, if the object is still the one that was read; nothing if
 * it left none.
 *
 * @source k8s.io/client-go util/csaupgrade/upgrade.go UpgradeManagedFieldsPatch 1.36
 */
export function adoption(live: KubeObject): readonly object[] | undefined {
  const raw = live.metadata['managedFields'];
  const entries = Array.isArray(raw) ? raw.filter(isPlainRecord) : [];
  const isLeft = managedEntries(live).map(isClientSideApply);
  const left = entries.filter((_, index) => isLeft[index]);
  const [first] = left;
  if (first === undefined) return undefined;
  const others = entries.filter((_, index) => !isLeft[index]);
  const isOurs = (entry: PlainRecord): boolean =>
    entry['manager'] === MANAGER && entry['operation'] === 'Apply' && textAt(entry, 'subresource') === '';
  const own = others.find(isOurs) ?? { ...first, manager: MANAGER, operation: 'Apply' };
  // Fields of another version have other names.
  const same = left.filter((entry) => entry['apiVersion'] === own['apiVersion']);
  const fieldsV1 = same.reduce(
    (fields, entry) => united(fields, recordOf(entry['fieldsV1'])),
    recordOf(own['fieldsV1']),
  );
  const value = [...others.filter((entry) => !isOurs(entry)), { ...own, fieldsV1 }];
  return [
    { op: 'replace', path: '/metadata/managedFields', value },
    { op: 'replace', path: '/metadata/resourceVersion', value: live.metadata['resourceVersion'] },
  ];
}

function united(one: PlainRecord, other: PlainRecord): PlainRecord {
  const both = { ...one };
  for (const [key, below] of Object.entries(other)) both[key] = united(recordOf(both[key]), recordOf(below));
  return both;
}

function recordOf(value: unknown): PlainRecord {
  return isPlainRecord(value) ? value : {};
}
