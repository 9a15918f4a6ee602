import type { Drawing, DrawnNode, DrawnShape } from '../../draw/drawing';
import { leftOut, linesOf, titleOf } from '../../draw/labels';

const SHAPES: Readonly<Record<DrawnShape, string>> = {
  route: 'hexagon',
  service: 'ellipse',
  workload: 'box',
  configuration: 'note',
  secret: 'octagon',
  volume: 'cylinder',
  access: 'house',
  scaler: 'component',
  guard: 'trapezium',
  monitor: 'parallelogram',
  other: 'box',
};

/** A graph for Graphviz, whole. */
export function dot({ nodes, edges, groups, left = 0 }: Drawing): string {
  const names = new Map(nodes.map(({ id }, index) => [id, `n${index}`]));
  const line = (node: DrawnNode): string => {
    const dashed = node.outside === undefined ? '' : ', style=dashed';
    return `  ${names.get(node.id)} [shape=${SHAPES[node.shape]}, label=${quoted(linesOf(node))}${dashed}];`;
  };
  const lines = ['digraph {', '  rankdir=LR;'];
  const note = leftOut(left);
  if (note !== undefined) lines.push(`  label=${quoted([note])};`);
  groups.forEach((group, index) => {
    lines.push(`  subgraph cluster_${index} {`, `    label=${quoted([titleOf(group)])};`);
    lines.push(...nodes.filter((node) => node.group === group.id).map((node) => `  ${line(node)}`), '  }');
  });
  lines.push(...nodes.filter(({ group }) => group === undefined).map(line));
  for (const { from, to, relation, optional } of edges)
    lines.push(
      `  ${names.get(from)} -> ${names.get(to)} [label=${relation}${optional === true ? ', style=dashed' : ''}];`,
    );
  return `${[...lines, '}'].join('\n')}\n`;
}

/** A string of the DOT language, in which Graphviz reads backslashes and references of HTML. */
function quoted(lines: readonly string[]): string {
  const escaped = lines.map((line) =>
    line.replaceAll('&', '&amp;').replaceAll('\\', '\\\\').replaceAll('"', '\\"'),
  );
  return `"${escaped.join('\\n')}"`;
}
