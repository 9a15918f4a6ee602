import type { Drawing, DrawnEdge, DrawnNode, DrawnShape } from '../../draw/drawing';
import { leftOut, linesOf, titleOf } from '../../draw/labels';
import { mostImportant } from '../../draw/most-important';

/** GitHub draws no more than 500 edges, and no text of more than 50,000 characters: the defaults of Mermaid. */
const MOST_EDGES = 450;
const LONGEST = 49_000;
const MOST_NODES = 120;

/** What stands around the text of a node. */
const SHAPES: Readonly<Record<DrawnShape, readonly [string, string]>> = {
  route: ['{{', '}}'],
  service: ['([', '])'],
  workload: ['[', ']'],
  configuration: ['[/', '/]'],
  secret: ['[\\', '\\]'],
  volume: ['[(', ')]'],
  access: ['>', ']'],
  scaler: ['[[', ']]'],
  guard: ['[/', '\\]'],
  monitor: ['(', ')'],
  other: ['[', ']'],
};

/** Lines in colours that are seen on white and on black; their width and dashes say the same without. */
const CLASSES: Readonly<Record<string, string>> = {
  created: 'stroke:#2da44e,stroke-width:3px',
  updated: 'stroke:#bf8700,stroke-width:3px',
  replaced: 'stroke:#388bfd,stroke-width:4px',
  deleted: 'stroke:#e5534b,stroke-width:3px,stroke-dasharray:6 4',
  kept: 'stroke:#bf8700,stroke-width:3px,stroke-dasharray:6 4',
  rejected: 'stroke:#e5534b,stroke-width:6px',
  error: 'stroke:#e5534b,stroke-width:4px',
  warning: 'stroke:#bf8700,stroke-width:2px',
  outside: 'stroke:#8b949e,stroke-dasharray:3 3',
};

/** Arrows of what a plan changes, in the same colours. */
const ARROWS = {
  gained: 'stroke:#2da44e,stroke-width:3px',
  lost: 'stroke:#e5534b,stroke-width:3px',
} as const;

/**
 * A graph for Markdown of GitHub and GitLab: at most `most` nodes, of like objects one, and 450 edges. What is left out is
 * counted in a note. It is never longer than GitHub takes, which matters for names of hundreds of signs.
 */
export function mermaid(drawing: Drawing, most = MOST_NODES): string {
  const printed = printedGraph(mostImportant(drawing, most));
  return printed.length <= LONGEST || most <= 1 ? printed : mermaid(drawing, most >> 1);
}

function printedGraph({ nodes, edges: all, groups, left = 0 }: Drawing): string {
  const names = new Map(nodes.map(({ id }, index) => [id, `n${index}`]));
  const line = (node: DrawnNode): string => nodeLine(node, names.get(node.id) ?? '');
  // A change is seen, however many edges there are.
  const edges = all.toSorted((a, b) => Number(a.change === undefined) - Number(b.change === undefined));
  const shown = edges.slice(0, MOST_EDGES);
  const lines = ['flowchart LR'];
  groups.forEach((group, index) => {
    lines.push(`  subgraph g${index}["${text(titleOf(group))}"]`);
    lines.push(...nodes.filter((node) => node.group === group.id).map((node) => `  ${line(node)}`), '  end');
  });
  lines.push(...nodes.filter(({ group }) => group === undefined).map(line));
  const note = leftOut(left, edges.length - shown.length);
  if (note !== undefined) lines.push(`  more["${text(note)}"]:::outside`);
  lines.push(...shown.map((edge) => edgeLine(edge, names)));
  for (const [change, style] of Object.entries(ARROWS)) {
    const places = shown.flatMap((edge, place) => (edge.change === change ? [place] : []));
    if (places.length > 0) lines.push(`  linkStyle ${places.join(',')} ${style}`);
  }
  const used = new Set(nodes.map(classOf));
  if (note !== undefined) used.add('outside');
  for (const [name, style] of Object.entries(CLASSES))
    if (used.has(name)) lines.push(`  classDef ${name} ${style}`);
  return `${lines.join('\n')}\n`;
}

function nodeLine(node: DrawnNode, name: string): string {
  const [left, right] = SHAPES[node.shape];
  const mark = classOf(node);
  return `  ${name}${left}"${linesOf(node).map(text).join('<br>')}"${right}${mark === undefined ? '' : `:::${mark}`}`;
}

function classOf({ effect, outcome, finding, outside }: DrawnNode): string | undefined {
  if (outcome !== undefined) return outcome;
  if (effect !== undefined && effect !== 'none') return effect === 'pods-replaced' ? 'replaced' : effect;
  if (finding === 'error' || finding === 'warning') return finding;
  return outside === undefined ? undefined : 'outside';
}

function edgeLine(
  { from, to, relation, optional, change }: DrawnEdge,
  names: ReadonlyMap<string, string>,
): string {
  const arrow = change === 'gained' ? '==>' : optional === true || change === 'lost' ? '-.->' : '-->';
  const word = change === undefined ? relation : `${relation}, ${change}`;
  return `  ${names.get(from)} ${arrow}|${word}| ${names.get(to)}`;
}

/**
 * All but letters, digits and a few marks are character codes, which mean nothing to Markdown or HTML. Of what Mermaid reads
 * after them, it makes icons, formulas and line breaks: a hair space parts that.
 */
function text(line: string): string {
  return line
    .replace(/(?<=\bfa[a-z]?:)(?=fa-)|(?<=\$)(?=\$)|(?<=\\)(?=n)/gi, '\u200a')
    .replace(/[^\p{L}\p{M}\p{N} .,/-]/gu, (character) => `#${character.codePointAt(0) ?? 0};`);
}
