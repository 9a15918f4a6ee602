import { groupOf, type ObjectId } from '../../manifest/manifest';
import type { Sought } from '../client/observe';
import { selectionOf } from '../status/scope';
import { isWorkload } from './builtin';

type Kind = Sought['kind'];

const POD: Kind = { apiVersion: 'v1', kind: 'Pod' };
const REPLICA_SET: Kind = { apiVersion: 'apps/v1', kind: 'ReplicaSet' };
const EVENT: Kind = { apiVersion: 'v1', kind: 'Event' };
const STORAGE_CLASS: Kind = { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass' };

/** What has to be observed to know how far objects are: each kind once in a namespace. */
export function soughtFor(ids: readonly ObjectId[]): Sought[] {
  const sought = new Map<string, { kind: Kind; namespace: string | undefined; names: string[] }>();
  const seek = (kind: Kind, namespace: string | undefined, name?: string): void => {
    const key = `${kind.apiVersion} ${kind.kind} ${namespace ?? ''}`;
    const found = sought.get(key) ?? { kind, namespace, names: [] };
    sought.set(key, found);
    if (name !== undefined) found.names.push(name);
  };
  for (const id of ids) {
    const { apiVersion, kind, namespace, name } = id;
    seek({ apiVersion, kind }, namespace, name);
    if (namespace === undefined) continue;
    seek(EVENT, namespace);
    if (hasPods(id) || kind === 'PersistentVolumeClaim') seek(POD, namespace);
    if (hasPods(id)) seek(REPLICA_SET, namespace);
    if (kind === 'PersistentVolumeClaim') seek(STORAGE_CLASS, undefined);
  }
  return [...sought.values()].map(({ kind, namespace, names }) => ({
    kind,
    selection: selectionOf(kind.kind, namespace),
    names,
  }));
}

/** Whether the pods of an object are looked at. */
export function hasPods({ apiVersion, kind }: Kind): boolean {
  return isWorkload(apiVersion, kind) || (groupOf(apiVersion) === 'argoproj.io' && kind === 'Rollout');
}
