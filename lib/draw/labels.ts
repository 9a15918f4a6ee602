import { cut, visible } from '../text';
import { EFFECTS } from '../plan/effects';
import type { DrawnGroup, DrawnNode } from './drawing';

/** Characters of a name in a drawing. */
const LONGEST = 40;

/** The lines of a node: its kind, its name, and what is to say of it; nothing in them is markup or unseen. */
export function linesOf(node: DrawnNode): string[] {
  const { kind, name, members, replicas, outside, effect, finding } = node;
  const remarks = [
    ...(replicas === undefined ? [] : [`${replicas} ${replicas === '1' ? 'pod' : 'pods'}`]),
    ...(outside === undefined ? [] : [OUTSIDE[outside]]),
    ...(effect === undefined || effect === 'none' ? [] : [EFFECTS[effect]]),
    ...(finding === undefined ? [] : [finding]),
  ];
  const shown = members === undefined ? short(name) : `${members.length} like ${short(name)}`;
  return [short(kind), shown, ...(remarks.length === 0 ? [] : [remarks.join(', ')])];
}

const OUTSIDE = {
  assumed: 'in the cluster',
  derived: 'made by a controller',
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

function short(text: string): string {
  const shown = visible(cut(text, 2000));
  return shown.length <= LONGEST ? shown : `${shown.slice(0, LONGEST - 1)}…`;
}
