import type { Drawing, DrawnNode, DrawnRelation } from '../../draw/drawing';
import { push } from '../../kube/grouped';
import { identityKey, type ObjectId } from '../../manifest/manifest';

/** One end of a relation, seen from the other. */
export interface Related {
  readonly relation: DrawnRelation;
  readonly node: DrawnNode;
}

/** What the objects of one cluster refer to, and what refers to them. */
export class Relations {
  readonly #to = new Map<string, Related[]>();
  readonly #from = new Map<string, Related[]>();

  constructor({ nodes, edges }: Drawing) {
    const byId = new Map(nodes.map((node) => [node.id, node]));
    for (const { from, to, relation } of edges) {
      const [tail, head] = [byId.get(from), byId.get(to)];
      if (tail === undefined || head === undefined) continue;
      push(this.#to, from, { relation, node: head });
      push(this.#from, to, { relation, node: tail });
    }
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
