import { EFFECTS } from '../plan/effects';
import type { Drawing, DrawnNode } from './drawing';
import { fold } from './fold';
import { only } from './neighbourhood';

/**
 * A drawing of at most `most` nodes: what is alike becomes one node, then the nodes that matter least are left out, and
 * their objects counted in `left`.
 */
export function mostImportant(drawing: Drawing, most: number): Drawing {
  const folded = fold(drawing, most);
  if (folded.nodes.length <= most) return folded;
  const first = [...folded.nodes].sort((a, b) => rank(a) - rank(b)).slice(0, most);
  const kept = only(folded, new Set(first.map(({ id }) => id)));
  const sizeOf = ({ nodes }: Drawing): number =>
    nodes.reduce((sum, { members }) => sum + (members?.length ?? 1), 0);
  return { ...kept, left: (drawing.left ?? 0) + sizeOf(folded) - sizeOf(kept) };
}

const RANKS = Object.keys(EFFECTS);

/** From what matters most to what matters least; what does not change comes last. */
function rank({ effect = 'none', outcome, outside }: DrawnNode): number {
  if (outcome !== undefined) return RANKS.indexOf('deleted');
  return RANKS.indexOf(effect) + (outside === undefined ? 0 : 0.5);
}
