import type * as Dagre from '@dagrejs/dagre';
import type { Drawing, DrawnNode } from './drawing';
import { grid } from './grid';
import type { Box, DrawingLayout, Point } from './placed';
import { linesOf, MOST_WORDS } from './labels';

/** Above these numbers the nodes are put in rows: layers take time that grows faster than the graph. */
const MOST_NODES = 300;
const MOST_EDGES = 900;

/**
 * Where everything of a drawing goes: layers from left to right, each group in a frame of its own; rows of each group
 * where there are more than 300 nodes or 900 edges, so that it takes no more than about two seconds. The same drawing
 * always has the same layout. `fold` makes a drawing small.
 */
export function layout(drawing: Drawing): DrawingLayout {
  return drawing.nodes.length > MOST_NODES || drawing.edges.length > MOST_EDGES
    ? grid(drawing, sizeOf)
    : layers(drawing);
}

function layers(drawing: Drawing): DrawingLayout {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- on first use: few runs draw a picture
  const { graphlib, layout: arrange } = require('@dagrejs/dagre') as typeof Dagre;
  const graph = new graphlib.Graph({ compound: true, multigraph: true });
  const ranksep = drawing.edges.length <= MOST_WORDS ? 110 : 60;
  graph.setGraph({ rankdir: 'LR', nodesep: 18, ranksep, marginx: 16, marginy: 16 });
  drawing.groups.forEach((_, index) => graph.setNode(`g${index}`, {}));
  const groups = new Map(drawing.groups.map(({ id }, index) => [id, `g${index}`]));
  const names = new Map(drawing.nodes.map(({ id }, index) => [id, `n${index}`]));
  drawing.nodes.forEach((node, index) => {
    graph.setNode(`n${index}`, { ...sizeOf(node) });
    const group = node.group === undefined ? undefined : groups.get(node.group);
    if (group !== undefined) graph.setParent(`n${index}`, group);
  });
  drawing.edges.forEach(({ from, to }, index) => {
    const [tail, head] = [names.get(from), names.get(to)];
    if (tail !== undefined && head !== undefined) graph.setEdge(tail, head, {}, `e${index}`);
  });
  arrange(graph);
  const boxOf = (name: string): Box => {
    const { x, y, width, height } = graph.node(name) as Box;
    return { x: round(x - width / 2), y: round(y - height / 2), width: round(width), height: round(height) };
  };
  const { width = 32, height = 32 } = graph.graph() as { width?: number; height?: number };
  return {
    width: round(Math.max(32, Number.isFinite(width) ? width : 32)),
    height: round(Math.max(32, Number.isFinite(height) ? height : 32)),
    nodes: new Map([...names].map(([id, name]) => [id, boxOf(name)])),
    groups: new Map([...groups].map(([id, name]) => [id, boxOf(name)])),
    edges: drawing.edges.map(({ from, to }, index) => {
      const edge = { v: names.get(from) ?? '', w: names.get(to) ?? '', name: `e${index}` };
      const { points = [] } = (graph.edge(edge) ?? {}) as { points?: Point[] };
      return points.map(({ x, y }) => ({ x: round(x), y: round(y) }));
    }),
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** What a node takes, in pixels, by the length of its lines. */
function sizeOf(node: DrawnNode): { readonly width: number; readonly height: number } {
  const lines = linesOf(node);
  const longest = lines.reduce((most, { length }) => Math.max(most, length), 0);
  return { width: Math.max(90, 28 + longest * 7.5), height: 16 + lines.length * 16 };
}
