import type { ListSchema, Schema } from '../../kube/schema';
import { isPlainRecord, ownValue, type PlainRecord } from '../../manifest/data';
import type { KubeObject } from '../../manifest/manifest';
import { onlyOf, type Owned } from './ownership';
import { itemKey, partSchema } from './parts';
import { jsonText } from '../../manifest/json-text';

/** An entry of `metadata.managedFields`: which fields somebody wrote last. */
export interface ManagedEntry {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  /** When fields of it last changed, as RFC 3339. */
  readonly time?: string;
  /** `status`, `scale`; empty for the object itself. */
  readonly subresource: string;
  /** The fields, in the form FieldsV1. */
  readonly fields: PlainRecord;
}

/** The fields of a stored object, as one manager that applies it sees them. */
export interface Managed {
  /** What it applied: no longer applied, these go, unless somebody else owns them, too. */
  readonly own: Owned;
  readonly others: Owned;
}

/** The entries of a stored object; none of an object that no server has stored. */
export function managedEntries({ metadata }: KubeObject): ManagedEntry[] {
  const entries = metadata['managedFields'];
  if (!Array.isArray(entries)) return [];
  return entries.filter(isPlainRecord).map((entry) => {
    const { manager, operation, time, subresource, fieldsV1 } = entry;
    return {
      manager: typeof manager === 'string' ? manager : '',
      operation: operation === 'Apply' ? 'Apply' : 'Update',
      ...(typeof time === 'string' && { time }),
      subresource: typeof subresource === 'string' ? subresource : '',
      fields: isPlainRecord(fieldsV1) ? fieldsV1 : {},
    };
  });
}

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * Whether an entry is what `kubectl apply` left without `--server-side`. Its fields become those of the manager that
 * applies the object on the server's side, or they would stay for ever.
 *
 * @source k8s.io/client-go util/csaupgrade/upgrade.go FindFieldsOwners 1.36
 */
export function isClientSideApply({ manager, operation, subresource, fields }: ManagedEntry): boolean {
  if (operation !== 'Update' || subresource !== '') return false;
  const annotations = ownValue(ownValue(fields, 'f:metadata'), 'f:annotations');
  return manager === 'kubectl-client-side-apply' || ownValue(annotations, `f:${LAST_APPLIED}`) !== undefined;
}

/** What `manager` applied of a stored object, with what it takes over from `kubectl apply`, and what others own. */
export function managedIn(object: KubeObject, manager: string, schema: Schema): Managed {
  const entries = managedEntries(object);
  const isOwn = (entry: ManagedEntry): boolean =>
    entry.operation === 'Apply' ? entry.manager === manager : isClientSideApply(entry);
  const union = (chosen: readonly ManagedEntry[]): Owned =>
    chosen.map(({ fields }) => ownedIn(fields, schema)).reduce(united, new Map());
  return {
    own: union(entries.filter(isOwn)),
    others: union(entries.filter((entry) => !isOwn(entry))),
  };
}

/** What `manager` applied of a stored object, as an object to apply: applied again, it is as it was. */
export function appliedPart(object: KubeObject, manager: string, schema: Schema): KubeObject {
  const { apiVersion, kind, metadata } = object;
  const { own } = managedIn(object, manager, schema);
  // Of nothing, nothing is left; to `onlyOf` a part without parts is a whole.
  const part = own.size === 0 ? {} : onlyOf(own, object, schema);
  const { metadata: applied, ...rest } = isPlainRecord(part) ? part : {};
  const { name, namespace } = metadata;
  return {
    ...rest,
    apiVersion,
    kind,
    metadata: {
      ...(isPlainRecord(applied) && applied),
      ...(name !== undefined && { name }),
      ...(namespace !== undefined && { namespace }),
    },
  };
}

/**
 * The fields of an entry. Its keys are `f:name` of a field, `k:{…}` of the item with these keys, `v:…` of the item with
 * this value, and `.` of the parent itself.
 *
 * @source sigs.k8s.io/structured-merge-diff/v6 fieldpath/serialize-pe.go DeserializePathElement 1.36
 */
function ownedIn(fields: PlainRecord, schema: Schema): Owned {
  const owned = new Map<string, Owned>();
  for (const [key, below] of Object.entries(fields)) {
    const parts = isPlainRecord(below) ? below : {};
    if (key.startsWith('f:')) {
      const name = key.slice(2);
      owned.set(name, ownedIn(parts, partSchema(schema, name)));
    } else if (schema.type === 'list' && /^[kv]:/.test(key)) {
      owned.set(itemKeyIn(key, schema), ownedIn(parts, schema.items));
    }
  }
  return owned;
}

/** The key of the item that `k:{…}` or `v:…` stands for, as `itemKey` gives it. */
export function itemKeyIn(key: string, schema: ListSchema): string {
  const item = parsed(key.slice(2));
  return key.startsWith('k:') ? itemKey(schema, item) : jsonText(item);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function united(one: Owned, other: Owned): Owned {
  if (one.size === 0) return other;
  const both = new Map(one);
  for (const [key, below] of other) both.set(key, united(both.get(key) ?? new Map(), below));
  return both;
}
