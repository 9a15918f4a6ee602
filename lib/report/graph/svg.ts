import type { Drawing, DrawnEdge, DrawnNode } from '../../draw/drawing';
import { leftOut, linesOf, MOST_WORDS, titleOf } from '../../draw/labels';
import { layout } from '../../draw/layout';
import { mostImportant } from '../../draw/most-important';
import type { Box, Point } from '../../draw/placed';
import { xml } from '../escape/xml';
import { outline } from './outline';

/** Nodes of a picture. */
const MOST_NODES = 300;

/** Colours for light and dark; what they say, widths, dashes and words say too. */
const STYLE = `
  svg { background: #fff; font: 12px sans-serif; }
  text { fill: #1f2328; text-anchor: middle; } .group { text-anchor: start; }
  .node path { fill: #f6f8fa; } path { fill: none; stroke: #59636e; }
  .frame { fill: none; stroke: #59636e; stroke-dasharray: 2 4; }
  .tip { fill: #59636e; fill: context-stroke; stroke: none; }
  .optional, .outside path { stroke-dasharray: 5 4; }
  .name { font-weight: bold; } .remark { font-style: italic; }
  .word { font-size: 10px; paint-order: stroke; stroke: #fff; stroke-width: 3px; }
  .created path, .gained { stroke: #2da44e; stroke-width: 3; }
  .updated path, .kept path { stroke: #bf8700; stroke-width: 3; }
  .pods-replaced path, .replaced path { stroke: #388bfd; stroke-width: 4; }
  .deleted path, .lost { stroke: #e5534b; stroke-width: 3; stroke-dasharray: 6 4; }
  .rejected path { stroke: #e5534b; stroke-width: 6; }
  .error path { stroke: #e5534b; stroke-width: 4; } .warning path { stroke: #bf8700; stroke-width: 2; }
  @media (prefers-color-scheme: dark) {
    svg { background: #0d1117; } text { fill: #f0f6fc; } .node path { fill: #151b23; }
    .plain path, path.plain, .frame { stroke: #9198a1; } .word { stroke: #0d1117; }
  }
`;

/**
 * A picture that stands for itself, in light and dark: at most 300 nodes, of like objects one. It says how many objects it
 * leaves out.
 */
export function svg(drawing: Drawing): string {
  const shown = mostImportant(drawing, MOST_NODES);
  const placed = layout(shown);
  const note = leftOut(shown.left ?? 0);
  const [width, height] = [placed.width, placed.height + (note === undefined ? 0 : 20)];
  const frames = shown.groups.flatMap((group) => {
    const box = placed.groups.get(group.id);
    return box === undefined ? [] : [frame(box), textAt(box.x + 6, box.y + 14, 'group', titleOf(group))];
  });
  const hasWords = shown.edges.length <= MOST_WORDS;
  const arrows = shown.edges.map((edge, index) => arrow(edge, placed.edges[index] ?? [], hasWords));
  const nodes = shown.nodes.flatMap((node) => {
    const box = placed.nodes.get(node.id);
    return box === undefined ? [] : nodeLines(node, box);
  });
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title>${shown.nodes.length} objects and ${shown.edges.length} relations</title>`,
    `<style>${STYLE}</style>`,
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="10" markerHeight="10" markerUnits="userSpaceOnUse" orient="auto"><path class="tip" d="M0 0 8 4 0 8z"/></marker></defs>',
    ...frames,
    ...arrows.flatMap(({ line }) => line),
    ...nodes,
    ...arrows.flatMap(({ word }) => word),
    ...(note === undefined ? [] : [textAt(16, height - 8, 'group', note)]),
    '</svg>',
  ];
  return `${lines.join('\n')}\n`;
}

/** An arrow, and what it means. Of many, only those that a plan changes have words, which would stand over one another. */
function arrow(
  { relation, optional, change }: DrawnEdge,
  points: readonly Point[],
  hasWords: boolean,
): { readonly line: string[]; readonly word: string[] } {
  const middle = points[points.length >> 1];
  if (middle === undefined) return { line: [], word: [] };
  const words = change === undefined ? relation : `${relation}, ${change}`;
  const name = `${change ?? 'plain'}${optional === true ? ' optional' : ''}`;
  const path = `M${points.map(({ x, y }) => `${x} ${y}`).join(' L')}`;
  return {
    line: [`<path class="${name}" d="${path}" marker-end="url(#tip)"><title>${words}</title></path>`],
    word: hasWords || change !== undefined ? [textAt(middle.x, middle.y + 3, 'word', words)] : [],
  };
}

function nodeLines(node: DrawnNode, box: Box): string[] {
  const words = linesOf(node).map((line, index) =>
    textAt(box.x + box.width / 2, box.y + 20 + index * 16, ['kind', 'name', 'remark'][index] ?? '', line),
  );
  const { effect = 'none', outcome, finding } = node;
  const mark = outcome ?? (effect === 'none' ? finding : effect) ?? 'plain';
  const names = ['node', mark, ...(node.outside === undefined ? [] : ['outside'])];
  return [`<g class="${names.join(' ')}"><path d="${outline(node.shape, box)}"/>`, ...words, '</g>'];
}

function frame({ x, y, width, height }: Box): string {
  return `<rect class="frame" x="${x}" y="${y}" width="${width}" height="${height}" rx="4"/>`;
}

function textAt(x: number, y: number, name: string, line: string): string {
  return `<text class="${name}" x="${x}" y="${y}">${xml(line)}</text>`;
}
