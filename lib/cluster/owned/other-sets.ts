import { managedEntries } from '../../apiserver/apply/managed-fields';
import { APPLYSET } from '../../kube/applyset';
import { ownValue } from '../../manifest/data';
import { formatId, type KubeObject, type ObjectId } from '../../manifest/manifest';
import type { Cluster } from '../client/cluster';
import { pagesOf } from '../client/objects';
import { idOf, textAt } from '../fields';
import { appNameOf, SECRETS } from './record';

/** An object that is a member of another application, or of an ApplySet of another tool. */
export interface MemberConflict {
  readonly id: ObjectId;
  /** The label that says so, as the API server writes it. */
  readonly path: string;
  /** Who holds it: `application billing`, `ApplySet of kubectl`. */
  readonly manager: string;
  /** When that manager last wrote, as RFC 3339; absent if the server does not say. */
  readonly since?: string;
}

const PATH = `metadata.labels.${APPLYSET.partOf}`;

/**
 * Which of some objects, as they are, belong to other sets than that with the id `own`. The same tool manages all
 * applications, so that the server sees no conflict when one takes an object from another.
 *
 * @param names the names of other sets, by id, where they are known
 */
export function memberConflicts(
  live: Iterable<KubeObject>,
  own: string,
  names: ReadonlyMap<string, string> = new Map(),
): readonly MemberConflict[] {
  return [...live].flatMap((object): MemberConflict[] => {
    const set = textAt(object, 'metadata', 'labels', APPLYSET.partOf);
    if (set === '' || set === own) return [];
    const since = managedEntries(object).find(({ fields }) => {
      const labels = ownValue(ownValue(fields, 'f:metadata'), 'f:labels');
      return ownValue(labels, `f:${APPLYSET.partOf}`) !== undefined;
    })?.time;
    const manager = names.get(set) ?? `ApplySet ${set}`;
    return [{ id: idOf(object), path: PATH, manager, ...(since !== undefined && { since }) }];
  });
}

/**
 * Names for the sets that other objects belong to, by id: those whose record the user may read. Asks nothing where none
 * belongs to another.
 */
export async function namesOfSets(
  cluster: Cluster,
  conflicts: readonly MemberConflict[],
  live: Iterable<KubeObject>,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  if (conflicts.length === 0) return names;
  const ids = new Set([...live].map((object) => textAt(object, 'metadata', 'labels', APPLYSET.partOf)));
  for (const namespace of [undefined, cluster.namespace]) {
    try {
      const selection = { namespace, labelSelector: APPLYSET.id, metadataOnly: true };
      for await (const { objects } of pagesOf(cluster, SECRETS, selection, signal))
        for (const object of objects) {
          const id = textAt(object, 'metadata', 'labels', APPLYSET.id);
          if (ids.has(id)) names.set(id, nameOf(object));
        }
      return names;
    } catch {
      signal?.throwIfAborted();
    }
  }
  return names;
}

function nameOf(record: KubeObject): string {
  const app = appNameOf(record);
  if (app === undefined) return `ApplySet ${formatId(idOf(record))}`;
  return `application ${record.metadata.namespace ?? ''}/${app}`;
}
