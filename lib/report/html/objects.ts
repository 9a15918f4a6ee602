import { SEVERITIES, type Finding } from '../../check/finding';
import { OUTSIDE } from '../../draw/labels';
import { SeaworthyError } from '../../errors';
import { formatId, identityKey, type KubeObject, type Manifest, type Origin } from '../../manifest/manifest';
import { emitYaml } from '../../manifest/yaml/emit';
import { groupBy } from '../check/merge';
import { count, countsInWords } from '../check/severities';
import { counted } from '../counts';
import { pageText } from '../escape/html';
import { jsonText } from '../escape/json';
import { name, sentence } from '../escape/terminal';
import { anchorOf, block, card, folded, inline, list, mark } from './elements';
import type { IndexOfObjects } from './index-of-objects';
import { idOf, type Related, type Relations } from './relations';

/** The objects of one environment, without secrets. */
export interface ObjectsOfPlace {
  /** `shop/production`, or nothing. */
  readonly place: string;
  readonly manifests: readonly Manifest[];
  /** @default nothing was looked for */
  readonly findings?: readonly Finding[];
  /** What becomes of an object, as markup: a mark. @default nothing */
  readonly markOf?: (manifest: Manifest) => string;
  /** What a plan does to it. @default nothing */
  readonly effectOf?: (manifest: Manifest) => string | undefined;
  /** @default they are not shown */
  readonly relations?: Relations;
}

/** A card for each object: where it is from, what was found, what it has to do with others, and its manifest. */
export function objectCards(places: readonly ObjectsOfPlace[], index: IndexOfObjects): string[] {
  return places.flatMap((each) => {
    const groups = groupBy(each.findings ?? [], ({ id }) => identityKey(id));
    const found = new Map(groups.map((own) => [identityKey(own[0].id), own]));
    return each.manifests.map((manifest) => objectCard(manifest, each, found, index));
  });
}

function objectCard(
  manifest: Manifest,
  { place, markOf, effectOf, relations }: ObjectsOfPlace,
  found: ReadonlyMap<string, readonly Finding[]>,
  index: IndexOfObjects,
): string {
  const { id, object, origin } = manifest;
  const own = found.get(identityKey(id)) ?? [];
  const worst = SEVERITIES.find((severity) => count(own, severity) > 0);
  const facts = [...placesOf(origin), ...(place === '' ? [] : [pageText(name(place))])];
  const marks = [
    worst === undefined ? '' : ` ${mark(countsInWords(own), worst)}`,
    markOf === undefined ? '' : ` ${markOf(manifest)}`,
  ];
  return card(
    [
      `<h3>${inline(formatId(id))}${marks.join('')}</h3>`,
      facts.length === 0 ? '' : `<p class="soft">${facts.join(' · ')}</p>`,
      list(own.map(({ message, severity }) => `${mark(severity, severity)} ${pageText(sentence(message))}`)),
      related('Refers to', relations?.of(id) ?? [], place, index),
      related('Referred to by', relations?.on(id) ?? [], place, index),
      folded('Manifest', block(manifestText(object), `Manifest of ${formatId(id)}`)),
    ].join(''),
    {
      id: anchorOf(id, place),
      data: { kind: id.kind, namespace: id.namespace, severity: worst, effect: effectOf?.(manifest) },
    },
  );
}

/** Objects that are named; the others are counted. */
const MOST_RELATED = 50;

/** Objects that something has to do with: `mounts Secret shop/login`. */
export function related(
  title: string,
  all: readonly Related[],
  place: string,
  index: IndexOfObjects,
): string {
  if (all.length === 0) return '';
  const shown = all.slice(0, MOST_RELATED).map(({ relation, node }) => {
    const outside = node.outside === undefined ? '' : ` <span class="soft">${OUTSIDE[node.outside]}</span>`;
    return `${relation} ${index.link(idOf(node), [place])}${outside}`;
  });
  const left = all.length - shown.length;
  return `<h4>${title}</h4>${list([...shown, ...(left === 0 ? [] : [`and ${counted(left, 'other')}`])])}`;
}

/** The line and those that called it, and the construct. */
export function placesOf(origin: Origin | undefined): string[] {
  const called = (origin?.calledFrom ?? []).map((each) => inline(name(each))).join(', ');
  return [
    ...(origin?.source === undefined ? [] : [inline(name(origin.source))]),
    ...(called === '' ? [] : [`called from ${called}`]),
    ...(origin?.construct === undefined ? [] : [`construct ${inline(name(origin.construct))}`]),
  ];
}

/** As YAML, or where that cannot hold a text of it, as JSON. */
function manifestText(object: KubeObject): string {
  try {
    return emitYaml(object);
  } catch (error) {
    if (error instanceof SeaworthyError) return jsonText(object);
    throw error;
  }
}
