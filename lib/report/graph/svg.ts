import type { Drawing, DrawnNode } from '../../draw/drawing';
import { fold } from '../../draw/fold';
import { linesOf, titleOf } from '../../draw/labels';
import { layout } from '../../draw/layout';
import type { Box, Point } from '../../draw/placed';
import { xml } from '../escape/xml';

const STYLE = `
  svg { background: #fff; font: 12px sans-serif; }
  text { fill: #1f2328; text-anchor: middle; } .group { text-anchor: start; }
  rect { fill: #f6f8fa; stroke: #59636e; } .frame { fill: none; stroke-dasharray: 2 4; }
  path { fill: none; stroke: #59636e; } .optional, .outside rect { stroke-dasharray: 5 4; }
  .name { font-weight: bold; } .remark { font-style: italic; }
  @media (prefers-color-scheme: dark) {
    svg { background: #0d1117; } text { fill: #f0f6fc; } rect { fill: #151b23; stroke: #9198a1; }
    .frame { fill: none; } path { stroke: #9198a1; } marker path { fill: #9198a1; }
  }
`;

/** Corners by what an object is for, so that shapes differ without colour. */
const ROUND: Readonly<Partial<Record<DrawnNode['shape'], number>>> = {
  service: 24,
  route: 12,
  monitor: 12,
  volume: 8,
};

/** A picture that stands for itself, in light and dark: at most 300 nodes, of like objects one. */
export function svg(drawing: Drawing): string {
  const shown = fold(drawing);
  const placed = layout(shown);
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="${placed.width}" height="${placed.height}" viewBox="0 0 ${placed.width} ${placed.height}">`,
    `<title>${shown.nodes.length} objects and ${shown.edges.length} relations</title>`,
    `<style>${STYLE}</style>`,
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" style="fill:#59636e"/></marker></defs>',
  ];
  for (const group of shown.groups) {
    const box = placed.groups.get(group.id);
    if (box === undefined) continue;
    lines.push(rectangle(box, 4, 'frame'), textAt(box.x + 6, box.y + 14, 'group', titleOf(group)));
  }
  shown.edges.forEach(({ relation, optional }, index) => {
    const points = placed.edges[index] ?? [];
    if (points.length > 0)
      lines.push(
        `<path class="${relation}${optional === true ? ' optional' : ''}" d="${pathOf(points)}" marker-end="url(#tip)"><title>${relation}</title></path>`,
      );
  });
  for (const node of shown.nodes) {
    const box = placed.nodes.get(node.id);
    if (box !== undefined) lines.push(...nodeLines(node, box));
  }
  return `${[...lines, '</svg>'].join('\n')}\n`;
}

function nodeLines(node: DrawnNode, box: Box): string[] {
  const words = linesOf(node).map((line, index) =>
    textAt(box.x + box.width / 2, box.y + 20 + index * 16, ['kind', 'name', 'remark'][index] ?? '', line),
  );
  const about = node.outside === undefined ? node.shape : `${node.shape} outside`;
  return [`<g class="${about}">`, rectangle(box, ROUND[node.shape] ?? 2, ''), ...words, '</g>'];
}

function rectangle({ x, y, width, height }: Box, round: number, name: string): string {
  return `<rect class="${name}" x="${x}" y="${y}" width="${width}" height="${height}" rx="${round}"/>`;
}

function textAt(x: number, y: number, name: string, line: string): string {
  return `<text class="${name}" x="${x}" y="${y}">${xml(line)}</text>`;
}

function pathOf(points: readonly Point[]): string {
  return `M${points.map(({ x, y }) => `${x} ${y}`).join(' L')}`;
}
