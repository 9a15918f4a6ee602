import { merge } from '../apiserver/apply/merge';
import { entriesOf, itemsOf, partSchema, viewOf } from '../apiserver/apply/parts';
import { serverKind, type Server } from '../apiserver/update/kind';
import { MANAGER } from '../cluster/apply/types';
import { APPLYSET } from '../kube/applyset';
import type { Schema } from '../kube/schema';
import { isPlainRecord, type PlainRecord } from '../manifest/data';
import { jsonText } from '../manifest/json-text';
import { identify, identityKey, type KubeObject } from '../manifest/manifest';
import { ManifestSet } from '../manifest/set';
import { livePlan } from '../plan/plan-live';
import type { DecideContext, Decision, Rendered } from './types';

/** What a cluster has once a decision is carried out, as far as that can be known without one: nobody makes pods in it. */
export function clusterAfter(
  live: ManifestSet,
  { set }: Rendered,
  { action, changes }: Decision,
  { applySet, kubernetes, assume }: DecideContext,
): ManifestSet {
  if (action !== 'apply' || set === undefined) return live;
  const facts = { ...(kubernetes !== undefined && { kubernetes }), ...(assume !== undefined && { assume }) };
  const there = live.manifests.map(({ object }) => object);
  const { server } = livePlan(there, set, { manager: MANAGER, ...facts });
  const goes = new Set(changes.filter(({ effect }) => effect === 'deleted').map(({ id }) => identityKey(id)));
  const objects = new Map(there.map((object) => [identityKey(identify(object)), object]));
  for (const key of goes) objects.delete(key);
  for (const { object, id } of set) {
    const key = identityKey(id);
    objects.set(key, stored(object, objects.get(key), applySet, server));
  }
  return ManifestSet.of([...objects.values()]);
}

/** An object as a server has it once it is applied over what was there. */
function stored(
  object: KubeObject,
  live: KubeObject | undefined,
  applySet: string,
  server: Server | undefined,
): KubeObject {
  const { apiVersion, kind, metadata } = object;
  const labels = { ...metadata.labels, [APPLYSET.partOf]: applySet };
  const applied: KubeObject = { ...object, metadata: { ...metadata, labels } };
  const schema: Schema = server === undefined ? { type: 'any' } : serverKind(apiVersion, kind, server).schema;
  const merged = live === undefined ? applied : (merge(live, applied, schema) as KubeObject);
  const { name: _n, namespace: _s, ...own } = applied.metadata;
  const { apiVersion: _v, kind: _k, ...rest } = applied;
  const entry = {
    manager: MANAGER,
    operation: 'Apply',
    apiVersion,
    fieldsType: 'FieldsV1',
    fieldsV1: fieldsOf({ ...rest, metadata: own }, schema),
  };
  return { ...merged, metadata: { ...merged.metadata, managedFields: [entry] } };
}

/**
 * Fields as managed fields name them.
 *
 * @source sigs.k8s.io/structured-merge-diff/v6 fieldpath/serialize-pe.go SerializePathElement 1.36
 */
export function fieldsOf(value: unknown, schema: Schema): PlainRecord {
  const view = viewOf(schema, value);
  if (view === 'whole') return {};
  if (view === 'list' && schema.type === 'list')
    return Object.fromEntries(
      itemsOf(value).map((item) => [
        schema.listType === 'set' || !isPlainRecord(item)
          ? `v:${jsonText(item)}`
          : `k:${jsonText(Object.fromEntries(schema.listKeys.map((key) => [key, item[key]])))}`,
        { '.': {}, ...fieldsOf(item, schema.items) },
      ]),
    );
  return Object.fromEntries(
    entriesOf(value).map(([key, part]) => [`f:${key}`, fieldsOf(part, partSchema(schema, key))]),
  );
}
