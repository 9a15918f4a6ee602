import { push } from '../kube/grouped';
import type { Drawing } from './drawing';

/**
 * The part of a drawing that is at most `depth` steps from the nodes `centres`, in either direction; the others are
 * counted in `left`.
 */
export function neighbourhood(drawing: Drawing, centres: readonly string[], depth: number): Drawing {
  const near = new Map<string, string[]>();
  for (const { from, to } of drawing.edges) {
    push(near, from, to);
    push(near, to, from);
  }
  const seen = new Set(centres);
  let edge: readonly string[] = [...seen];
  for (let step = 0; step < depth && edge.length > 0; step++) {
    const next = new Set(edge.flatMap((id) => near.get(id) ?? []).filter((id) => !seen.has(id)));
    for (const id of next) seen.add(id);
    edge = [...next];
  }
  return only(drawing, seen);
}

/** A drawing with some of its nodes. */
export function only(drawing: Drawing, ids: ReadonlySet<string>): Drawing {
  const nodes = drawing.nodes.filter(({ id }) => ids.has(id));
  const used = new Set(nodes.map(({ group }) => group));
  const left = (drawing.left ?? 0) + drawing.nodes.length - nodes.length;
  const { left: _, ...rest } = drawing;
  return {
    ...rest,
    nodes,
    edges: drawing.edges.filter(({ from, to }) => ids.has(from) && ids.has(to)),
    groups: drawing.groups.filter(({ id }) => used.has(id)),
    ...(left > 0 && { left }),
  };
}
