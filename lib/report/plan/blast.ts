import type { Drawing } from '../../draw/drawing';
import { mostImportant } from '../../draw/most-important';
import { counted } from '../counts';
import { code, fenced } from '../escape/markdown';
import { name } from '../escape/terminal';
import { mermaid } from '../graph/mermaid';
import type { PlanPart } from './report';

/** Nodes of one graph: with more it is no picture any more. */
const MOST_NODES = 40;

/** Characters of all graphs of a comment: the words need the rest of it. */
const MOST_CHARACTERS = 24_000;

/** A graph, and where it is the same. */
interface Graph {
  readonly text: string;
  readonly left: string | undefined;
  readonly places: readonly string[];
}

/** What changes in each cluster, and what hangs on it, for Markdown: clusters that change alike share one graph. */
export function blastGraphs(parts: readonly PlanPart[]): string[] {
  const graphs = graphsOf(parts);
  const lines: string[] = [];
  const skipped: string[] = [];
  let room = MOST_CHARACTERS;
  for (const { text, left, places } of graphs) {
    const where = places.map((place) => code(name(place))).join(', ');
    if (text.length > room) {
      skipped.push(where);
      continue;
    }
    room -= text.length;
    if (where !== '') lines.push('', `In ${where}:`);
    lines.push('', text === '' ? ALONE : fenced(text.trimEnd(), 'mermaid'));
    if (left !== undefined) lines.push('', left);
  }
  if (skipped.length > 0)
    lines.push(
      '',
      `Not drawn, as a comment takes no more: ${skipped.filter((each) => each !== '').join('; ') || 'the graph'}.`,
    );
  return lines;
}

const ALONE = 'No other object depends on what changes.';

function graphsOf(parts: readonly PlanPart[]): Graph[] {
  const graphs = new Map<string, Graph>();
  for (const { place, blast } of parts) {
    const drawing = blast?.();
    if (drawing === undefined || drawing.nodes.length === 0) continue;
    const graph = graphOf(drawing);
    const key = `${graph.text}${graph.left ?? ''}`;
    const places = [...(graphs.get(key)?.places ?? []), ...(place === '' ? [] : [place])];
    graphs.set(key, { ...graph, places });
  }
  return [...graphs.values()];
}

/** Without an edge there is nothing to draw that the words do not say. */
function graphOf(drawing: Drawing): Omit<Graph, 'places'> {
  if (drawing.edges.length === 0) return { text: '', left: undefined };
  const shown = mostImportant(drawing, MOST_NODES);
  const [changed, others] = [true, false].map(
    (changes) => sizeOf(drawing, changes) - sizeOf(shown, changes),
  ) as [number, number];
  const rest = [
    ...(changed > 0 ? [`${counted(changed, 'object')} that ${changed === 1 ? 'changes' : 'change'}`] : []),
    ...(others > 0 ? [`${counted(others, 'object')} around them`] : []),
  ];
  const { left: _, ...whole } = shown;
  return {
    text: mermaid(whole),
    left: rest.length === 0 ? undefined : `Not drawn: ${rest.join(' and ')}.`,
  };
}

/** How many objects of a drawing change, or do not. */
function sizeOf({ nodes }: Drawing, changes: boolean): number {
  return nodes
    .filter(({ effect, outcome }) => ((effect ?? outcome) !== undefined) === changes)
    .reduce((sum, { members }) => sum + (members?.length ?? 1), 0);
}
