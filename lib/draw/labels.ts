import { beginning, cut, visible } from '../text';
import { EFFECTS } from '../plan/effects';
import type { DrawnGroup, DrawnNode } from './drawing';

/** Characters of a name in a drawing. */
const LONGEST = 40;

/** Up to so many edges, a picture has room for a word at each. */
export const MOST_WORDS = 60;

/** The lines of a node: its kind, its name, and what is to say of it; nothing in them is markup or unseen. */
export function linesOf(node: DrawnNode): string[] {
  const { kind, name, members, replicas, outside, finding } = node;
  const becomes = outcomeOf(node);
  const remarks = [
    ...(becomes === undefined ? [] : [becomes]),
    ...(replicas === undefined ? [] : [`${replicas} ${replicas === '1' ? 'pod' : 'pods'}`]),
    ...(outside === undefined ? [] : [OUTSIDE[outside]]),
    ...(finding === undefined ? [] : [finding]),
  ];
  const shown = members === undefined ? short(name) : `${members.length} like ${short(name)}`;
  return [short(kind), shown, ...(remarks.length === 0 ? [] : [remarks.join(', ')])];
}

/** What becomes of an object, with a sign: it is seen at a glance, with or without colour. */
function outcomeOf({ effect = 'none', outcome, replaces }: DrawnNode): string | undefined {
  if (replaces !== undefined) return `↻ replaces ${short(replaces)}`;
  if (outcome !== undefined) return OUTCOMES[outcome];
  return effect === 'none' ? undefined : `${SIGNS[effect]} ${EFFECTS[effect]}`;
}

const SIGNS = { rejected: '✕', deleted: '−', 'pods-replaced': '↻', updated: '~', created: '+' } as const;

const OUTCOMES = { replaced: '↻ replaced', kept: '− kept, no longer managed' } as const;

/** Where an object is that is not of the set. */
export const OUTSIDE = {
  assumed: 'in the cluster',
  derived: 'made by a controller',
  builtin: 'built in',
  unknown: 'not in these files',
  missing: 'missing',
} as const;

/** The title of a group: `shop, chart api`. */
export function titleOf({ namespace, chart }: DrawnGroup): string {
  return [
    namespace === undefined ? 'cluster' : short(namespace),
    ...(chart === undefined ? [] : [`chart ${short(chart)}`]),
  ].join(', ');
}

/** What a picture does not show: `6 more objects`; nothing where it shows all. */
export function leftOut(objects: number, edges = 0): string | undefined {
  const parts = [
    ...(objects > 0 ? [`${objects} more ${objects === 1 ? 'object' : 'objects'}`] : []),
    ...(edges > 0 ? [`${edges} more ${edges === 1 ? 'arrow' : 'arrows'}`] : []),
  ];
  return parts.length === 0 ? undefined : parts.join(', ');
}

function short(text: string): string {
  const shown = visible(cut(text, 2000));
  return shown.length <= LONGEST ? shown : `${beginning(shown, LONGEST - 1)}…`;
}
