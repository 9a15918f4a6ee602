import type { DrawnNode, Drawing } from '../../draw/drawing';
import { fold } from '../../draw/fold';
import { linesOf, titleOf } from '../../draw/labels';
import { layout } from '../../draw/layout';
import type { Box } from '../../draw/placed';
import { counted } from '../counts';
import { pageText } from '../escape/html';
import { name } from '../escape/terminal';
import { anchorOf, card, list } from './elements';
import type { IndexOfObjects } from './index-of-objects';
import { idOf } from './relations';

/** A graph in a page. */
export interface GraphFigure {
  readonly drawing: Drawing;
  /** The environment of its objects: `shop/production`, or nothing. */
  readonly place: string;
  /** A word that no other graph of the page has. */
  readonly key: string;
  /** What it shows: `All objects`. */
  readonly title: string;
}

/** Objects that are drawn; of more, those that are alike are one. */
const MOST_DRAWN = 200;

/** Names of objects that are drawn as one. */
const MOST_NAMED = 200;

/** Corners by what an object is for, so that shapes differ without colour. */
const ROUND: Readonly<Partial<Record<DrawnNode['shape'], number>>> = {
  service: 24,
  route: 12,
  monitor: 12,
  volume: 8,
};

/**
 * A picture whose objects are links. Without scripts it scrolls; with them it is moved, zoomed, searched and filtered, and what
 * is clicked at is told beside it.
 */
export function graphFigure(figure: GraphFigure, index: IndexOfObjects): string {
  const { drawing, place, key, title } = figure;
  const shown = fold(drawing, MOST_DRAWN);
  if (shown.nodes.length === 0) return '<p>There are no objects to draw.</p>';
  const placed = layout(shown);
  const numbers = new Map(shown.nodes.map(({ id }, number) => [id, number]));
  const frames = shown.groups.flatMap((group) => {
    const box = placed.groups.get(group.id);
    if (box === undefined) return [];
    return [rectangle(box, 4, 'frame'), textAt(box.x + 6, box.y + 14, 'group', titleOf(group))];
  });
  const edges = shown.edges.flatMap(({ from, to, relation, optional, change }, number) => {
    const points = placed.edges[number] ?? [];
    const [tail, head] = [numbers.get(from), numbers.get(to)];
    if (points.length === 0 || tail === undefined || head === undefined) return [];
    const marks = [
      'edge',
      relation,
      ...(optional === true ? ['optional'] : []),
      ...(change === undefined ? [] : [change]),
    ];
    const path = `M${points.map(({ x, y }) => `${x} ${y}`).join('L')}`;
    return [
      `<path class="${marks.join(' ')}" data-from="${tail}" data-to="${head}" d="${path}" marker-end="url(#tip-${key})"><title>${relation}</title></path>`,
    ];
  });
  const nodes = shown.nodes.flatMap((node, number) => {
    const box = placed.nodes.get(node.id);
    return box === undefined ? [] : [nodeLink(node, box, number, figure, index)];
  });
  const { width, height } = placed;
  const where = place === '' ? '' : `${name(place)}: `;
  const caption = `${where}${title}: ${counted(drawing.nodes.length, 'object')}, ${counted(drawing.edges.length, 'relation')}${shown === drawing ? '' : '; objects that are alike are drawn as one'}`;
  return [
    `<figure class="graph"><figcaption>${pageText(caption)}</figcaption>`,
    `<div class="canvas" tabindex="0" role="group" aria-label="${pageText(`Graph, ${caption}`)}">`,
    `<svg width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<defs><marker id="tip-${key}" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="tip" d="M0 0 8 4 0 8z"/></marker></defs>`,
    ...frames,
    ...edges,
    ...nodes,
    '</svg></div></figure>',
    ...togetherCards(shown, figure, index),
  ].join('\n');
}

function nodeLink(
  node: DrawnNode,
  box: Box,
  number: number,
  { place, key }: GraphFigure,
  index: IndexOfObjects,
): string {
  const { kind, namespace, finding, effect, outside, shape, members } = node;
  const href =
    members === undefined ? index.href(idOf(node), [place]) : `#${pageText(togetherAnchor(key, number))}`;
  const marks = [
    'node',
    shape,
    ...(outside === undefined ? [] : ['outside']),
    ...(finding === undefined ? [] : [finding]),
    ...(effect === undefined ? [] : [effect]),
  ];
  const facts = Object.entries({
    kind,
    namespace,
    severity: finding,
    effect: effect === 'none' ? undefined : effect,
  });
  const data = facts.flatMap(([fact, value]) =>
    value === undefined ? [] : ` data-${fact}="${pageText(value)}"`,
  );
  const more = members === undefined ? '' : ` data-more="${pageText(namesOf(members).join(' '))}"`;
  const words = linesOf(node).map((line, row) =>
    textAt(box.x + box.width / 2, box.y + 20 + row * 16, ROWS[row] ?? '', line),
  );
  const link = href === undefined ? '' : ` href="${href}"`;
  return `<a class="${marks.join(' ')}"${link} data-node="${number}"${data.join('')}${more}>${rectangle(box, ROUND[shape] ?? 2, '')}${words.join('')}</a>`;
}

const ROWS = ['kind', 'name', 'remark'];

/** Names of objects, as far as they are told, by the ids that drawings give them. */
function namesOf(members: readonly string[]): string[] {
  return members.slice(0, MOST_NAMED).map((id) => name(id.slice(id.lastIndexOf('|') + 1)));
}

function togetherAnchor(key: string, number: number): string {
  return `together=${key}.${number}`;
}

/** What stands behind a node that several objects are drawn as. */
function togetherCards(
  { nodes }: Drawing,
  { drawing, place, key }: GraphFigure,
  index: IndexOfObjects,
): string[] {
  const all = new Map(drawing.nodes.map((node) => [node.id, node]));
  return nodes.flatMap((node, number) => {
    const { members = [] } = node;
    if (members.length === 0) return [];
    const links = members.slice(0, MOST_NAMED).flatMap((id) => {
      const member = all.get(id);
      return member === undefined ? [] : [index.link(idOf(member), [place])];
    });
    const left = members.length - links.length;
    const rest = left === 0 ? [] : [`and ${counted(left, 'other')}`];
    const title = pageText(`${counted(members.length, 'object')} like ${name(node.kind)} ${name(node.name)}`);
    return [
      `<details class="together" id="${pageText(togetherAnchor(key, number))}"><summary>${title}</summary>${list([...links, ...rest])}</details>`,
    ];
  });
}

function rectangle({ x, y, width, height }: Box, round: number, className: string): string {
  const kind = className === '' ? '' : ` class="${className}"`;
  return `<rect${kind} x="${x}" y="${y}" width="${width}" height="${height}" rx="${round}"/>`;
}

function textAt(x: number, y: number, className: string, line: string): string {
  return `<text class="${className}" x="${x}" y="${y}">${pageText(line)}</text>`;
}

/** Cards for what objects name and the set does not have. */
export function outsideCards(
  { nodes }: Drawing,
  place: string,
  bodyOf: (node: DrawnNode) => string,
): string[] {
  return nodes
    .filter(({ outside }) => outside !== undefined)
    .map((node) =>
      card(bodyOf(node), {
        id: anchorOf(idOf(node), place),
        data: { kind: node.kind, namespace: node.namespace, severity: node.finding },
      }),
    );
}
