import { grouped, push } from '../kube/grouped';
import type { Drawing, DrawnEdge, DrawnNode } from './drawing';

/** What makes two nodes alike, the finest first. */
type Likeness = (drawing: Drawing) => (node: DrawnNode) => string;

/**
 * A drawing of at most about `most` nodes: objects of one kind and group that are alike become one node with `members`.
 * Those are alike at first whose relations lead to the same objects, then to the same kinds; then only kind and group
 * count, then kind and namespace, and at last the kind. A drawing with few nodes stays as it is. Objects with different
 * findings or effects are never folded together.
 *
 * It takes time linear in nodes and edges.
 */
export function fold(drawing: Drawing, most = 300): Drawing {
  if (drawing.nodes.length <= most) return drawing;
  let folded = drawing;
  for (const likeness of LIKENESSES) {
    folded = foldBy(drawing, likeness(drawing));
    if (folded.nodes.length <= most) return folded;
  }
  return folded;
}

const LIKENESSES: readonly Likeness[] = [
  (drawing) => byNeighbours(drawing, ({ id }) => id),
  (drawing) => byNeighbours(drawing, own),
  () => own,
  () => (node) => key(node.kind, node.namespace, ...marks(node)),
  () => (node) => key(node.kind, ...marks(node)),
];

function own(node: DrawnNode): string {
  return key(node.apiGroup, node.kind, node.group, ...marks(node));
}

function marks({ outside, finding, effect, outcome }: DrawnNode): (string | undefined)[] {
  return [outside, finding, effect, outcome];
}

function key(...parts: readonly (string | undefined)[]): string {
  return JSON.stringify(parts.map((part) => part ?? null));
}

function byNeighbours(drawing: Drawing, nameOf: (node: DrawnNode) => string): (node: DrawnNode) => string {
  const names = new Map(drawing.nodes.map((node) => [node.id, nameOf(node)]));
  const around = new Map<string, string[]>();
  for (const { from, to, relation } of drawing.edges) {
    push(around, from, key('to', relation, names.get(to)));
    push(around, to, key('from', relation, names.get(from)));
  }
  return (node) => key(own(node), ...new Set((around.get(node.id) ?? []).sort()));
}

function foldBy(drawing: Drawing, likeness: (node: DrawnNode) => string): Drawing {
  const alike = grouped(drawing.nodes, likeness);
  const standIn = new Map<string, string>();
  const nodes = [...alike.values()].flatMap((members): DrawnNode[] => {
    const [first] = members;
    if (first === undefined) return [];
    for (const { id } of members) standIn.set(id, first.id);
    return [members.length === 1 ? first : together(first, members)];
  });
  const edges = new Map<string, DrawnEdge>();
  for (const edge of drawing.edges) {
    const [from, to] = [standIn.get(edge.from) ?? edge.from, standIn.get(edge.to) ?? edge.to];
    const name = key(from, to, edge.relation, edge.change);
    if (from !== to && !edges.has(name)) edges.set(name, { ...edge, from, to });
  }
  const used = new Set(nodes.map(({ group }) => group));
  return {
    ...drawing,
    nodes,
    edges: [...edges.values()],
    groups: drawing.groups.filter(({ id }) => used.has(id)),
  };
}

function together(first: DrawnNode, members: readonly DrawnNode[]): DrawnNode {
  const { replicas: _r, construct: _c, source: _s, replaces: _p, ...rest } = first;
  return { ...rest, members: members.flatMap(({ id, members: inside }) => inside ?? [id]) };
}
