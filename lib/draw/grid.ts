import { grouped } from '../kube/grouped';
import type { Drawing, DrawnNode } from './drawing';
import type { Box, DrawingLayout, Point } from './placed';

type Size = Pick<Box, 'width' | 'height'>;

const GAP = 20;
const HEADING = 28;

/** Pixels after which a row ends, and after which a column of groups does. */
const WIDEST = 1600;

/** The nodes of each group in rows, in their order, and the groups below one another. */
export function grid(drawing: Drawing, sizeOf: (node: DrawnNode) => Size): DrawingLayout {
  const nodes = new Map<string, Box>();
  const groups = new Map<string, Box>();
  let y = GAP;
  for (const [group, members] of grouped(drawing.nodes, ({ group }) => group)) {
    const top = y;
    y += HEADING;
    y = rows(members, sizeOf, y, nodes);
    if (group !== undefined) groups.set(group, { x: GAP / 2, y: top, width: WIDEST + GAP, height: y - top });
    y += GAP;
  }
  const edges = drawing.edges.map(({ from, to }): Point[] => {
    const [tail, head] = [nodes.get(from), nodes.get(to)];
    return tail === undefined || head === undefined ? [] : [middle(tail), middle(head)];
  });
  return { width: WIDEST + 2 * GAP, height: y, nodes, groups, edges };
}

/** @returns where the next row would begin */
function rows(
  members: readonly DrawnNode[],
  sizeOf: (node: DrawnNode) => Size,
  top: number,
  nodes: Map<string, Box>,
): number {
  let [x, y, height] = [GAP, top, 0];
  for (const node of members) {
    const size = sizeOf(node);
    if (x > GAP && x + size.width > WIDEST) [x, y, height] = [GAP, y + height + GAP, 0];
    nodes.set(node.id, { x, y, ...size });
    x += size.width + GAP;
    height = Math.max(height, size.height);
  }
  return y + height + GAP;
}

function middle({ x, y, width, height }: Box): Point {
  return { x: x + width / 2, y: y + height / 2 };
}
