import type { Drawing, DrawnEdge, DrawnNode, DrawnRelation } from '../../draw/drawing';
import { identityKey, type ObjectId } from '../../manifest/manifest';
import { groupBy } from '../check/merge';

/** One end of a relation, seen from the other. */
export interface Related {
  readonly relation: DrawnRelation;
  readonly node: DrawnNode;
}

/** What the objects of one cluster refer to, and what refers to them. */
export class Relations {
  readonly #to: ReadonlyMap<string, readonly Related[]>;
  readonly #from: ReadonlyMap<string, readonly Related[]>;

  constructor({ nodes, edges }: Drawing) {
    const byId = new Map(nodes.map((node) => [node.id, node]));
    const ends = (own: 'from' | 'to', other: 'from' | 'to'): ReadonlyMap<string, readonly Related[]> =>
      new Map(
        groupBy(edges, (edge: DrawnEdge) => edge[own]).map((group) => [
          group[0][own],
          group.flatMap((edge) => {
            const node = byId.get(edge[other]);
            return node === undefined ? [] : [{ relation: edge.relation, node }];
          }),
        ]),
      );
    this.#to = ends('from', 'to');
    this.#from = ends('to', 'from');
  }

  /** What the object refers to, in the order of the set. */
  of(id: ObjectId): readonly Related[] {
    return this.#to.get(identityKey(id)) ?? [];
  }

  /** What refers to the object, in the order of the set. */
  on(id: ObjectId): readonly Related[] {
    return this.#from.get(identityKey(id)) ?? [];
  }
}

/** The object that a node stands for, as far as the name of its kind goes: its version is not known, and does not count. */
export function idOf({ apiGroup, kind, namespace, name }: DrawnNode): ObjectId {
  const apiVersion = apiGroup === '' ? 'v1' : `${apiGroup}/v1`;
  return { apiVersion, kind, name, ...(namespace !== undefined && { namespace }) };
}
