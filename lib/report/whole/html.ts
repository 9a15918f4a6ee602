import type { Manifest } from '../../manifest/manifest';
import { identityKey } from '../../manifest/manifest';
import { checkChapter, shownIn } from '../check/html';
import { placeOf } from '../check/merge';
import type { Looks } from '../check/report';
import { pageText } from '../escape/html';
import { name } from '../escape/terminal';
import { fitChapter } from '../fit/html';
import { inline, mark, table } from '../html/elements';
import { graphFigure, outsideCards } from '../html/graph';
import { IndexOfObjects, type ShownObject } from '../html/index-of-objects';
import { objectCards, related, type ObjectsOfPlace } from '../html/objects';
import { OUTSIDE } from '../../draw/labels';
import { objectsTab, page, type Tab, type Tone } from '../html/page';
import { idOf, Relations } from '../html/relations';
import { effectMark, planChapter } from '../plan/html';
import type { Change } from '../../plan/change';
import { upgradeChapter } from '../upgrade/html';
import { connectionsTab } from './connections';
import type { ClusterView, WholeReport } from './report';

/** What one of the reports came to, with the part of the page that tells it. */
interface Chapter {
  readonly title: string;
  readonly verdict: string;
  readonly tone: Tone;
  readonly id: string;
}

/**
 * One page of all reports: the verdicts, the graph, who may reach whom, the plan, the placement, the upgrade, the findings, and
 * every object with what it refers to. The report has no secrets in it.
 */
export function html(report: WholeReport, looks: Looks): string {
  const { version, check, clusters, plan, fit, upgrade } = report;
  const index = new IndexOfObjects(shownOn(report));
  const found = checkChapter(check, looks, index);
  const planned = plan === undefined ? undefined : planChapter(plan, index);
  const placed = fit === undefined ? undefined : fitChapter(fit, index);
  const upgraded = upgrade === undefined ? undefined : upgradeChapter(upgrade, index);
  const chapters: Chapter[] = [
    { title: 'Check', id: 'findings', ...found },
    ...(planned === undefined ? [] : [{ title: 'Plan', id: 'plan', ...planned }]),
    ...(placed === undefined ? [] : [{ title: 'Placement', id: 'placement', ...placed }]),
    ...(upgraded === undefined ? [] : [{ title: 'Upgrade', id: 'upgrade', ...upgraded }]),
  ];
  const tones = chapters.map(({ tone }) => tone);
  const tone = tones.includes('bad') ? 'bad' : tones.includes('warning') ? 'warning' : 'good';
  return page({
    command: 'report',
    verdict: verdictOf(chapters),
    tone,
    about: check.parts.map(placeOf).filter(Boolean).map(name).join(', '),
    version,
    tabs: [
      { id: 'overview', title: 'Overview', body: overview(chapters, found.overview) },
      architecture(clusters, index),
      connectionsTab(clusters, index),
      ...(planned === undefined ? [] : [joined(planned.tabs)]),
      ...(placed === undefined ? [] : [joined(placed.tabs)]),
      ...(upgraded === undefined ? [] : [joined(upgraded.tabs)]),
      found.findings,
      objectsTab(cardsOf(report, index)),
    ],
  });
}

/** One part of several, which are below one another in it. */
function joined([first, ...others]: readonly [Tab, ...Tab[]]): Tab {
  const below = others.map(({ id, title, count, body }) => {
    const number = count === undefined ? '' : ` <span class="count">${count}</span>`;
    return `<h3 class="part" id="${id}">${title}${number}</h3>\n${body}`;
  });
  return {
    ...first,
    isSearched: [first, ...others].some((tab) => tab.isSearched === true),
    body: [first.body, ...below].join('\n'),
  };
}

/** What fails, or that nothing does. */
function verdictOf(chapters: readonly Chapter[]): string {
  const bad = chapters.filter(({ tone }) => tone === 'bad');
  const shown = bad.length > 0 ? bad : chapters.filter(({ tone }) => tone === 'warning');
  if (shown.length === 0)
    return chapters.length === 1 ? (chapters[0]?.verdict ?? '') : 'Nothing is in the way';
  return shown.map(({ title, verdict }) => `${title}: ${verdict}`).join('; ');
}

const WORDS: Readonly<Record<Tone, string>> = { good: 'Good', warning: 'Warning', bad: 'Failed' };

function overview(chapters: readonly Chapter[], counts: string): string {
  const rows = chapters.map(({ title, verdict, tone, id }) => [
    `<a href="#${id}">${title}</a>`,
    mark(WORDS[tone], tone),
    pageText(verdict),
  ]);
  return `${table('Verdicts', ['report', 'verdict', 'in words'], rows)}\n${counts}`;
}

function architecture(clusters: readonly ClusterView[], index: IndexOfObjects): Tab {
  const body = clusters
    .map(({ drawing, place }, number) =>
      graphFigure({ drawing, place, key: `a${number}`, title: 'All objects' }, index),
    )
    .join('\n');
  return { id: 'architecture', title: 'Architecture', body: body || '<p>There are no objects.</p>' };
}

/** Every object that the page has a card of: also those that a plan deletes, and those that others name. */
function shownOn(report: WholeReport): ShownObject[] {
  const { check, clusters } = report;
  const outside = clusters.flatMap(({ drawing, place }) =>
    drawing.nodes.filter((node) => node.outside !== undefined).map((node) => ({ id: idOf(node), place })),
  );
  const gone = goneFrom(report).flatMap(({ place, manifests }) => manifests.map(({ id }) => ({ id, place })));
  return [...shownIn(check.parts), ...gone, ...outside];
}

/** What a plan deletes, which is in no part of a check. */
function goneFrom({ check, plan, clusters }: WholeReport): { place: string; manifests: Manifest[] }[] {
  const known = new Set(check.parts.flatMap(({ manifests }) => manifests.map(({ id }) => identityKey(id))));
  return (plan?.parts ?? []).map(({ place, changes }) => ({
    place: clusters.find((each) => each.place === place)?.place ?? place,
    manifests: changes.flatMap(({ id, before, effect }) =>
      effect === 'deleted' && before !== undefined && !known.has(identityKey(id)) ? [before] : [],
    ),
  }));
}

function cardsOf(report: WholeReport, index: IndexOfObjects): string[] {
  const { check, clusters, plan } = report;
  const places = check.parts.map((part): ObjectsOfPlace => {
    const place = placeOf(part);
    const view = clusters.find((each) => each.place === place);
    const effects = effectsIn(plan, place);
    return {
      ...part,
      place,
      effectOf: ({ id }) => effects.get(identityKey(id)),
      markOf: ({ id }) => effectMark(effects.get(identityKey(id)) ?? 'none'),
      ...(view !== undefined && { relations: new Relations(view.drawing) }),
    };
  });
  const gone = goneFrom(report).map((each): ObjectsOfPlace => ({
    ...each,
    effectOf: () => 'deleted',
    markOf: () => effectMark('deleted'),
  }));
  return [
    ...objectCards([...places, ...gone], index),
    ...clusters.flatMap(({ drawing, place }) => outsideOf({ drawing, place }, index)),
  ];
}

function effectsIn(plan: WholeReport['plan'], place: string): ReadonlyMap<string, Change['effect']> {
  const part = plan?.parts.find((each) => each.place === place || each.place.endsWith(`/${place}`));
  return new Map((part?.changes ?? []).map(({ id, effect }) => [identityKey(id), effect]));
}

/** What objects name and the set does not have, with who names it. */
function outsideOf(
  { drawing, place }: Pick<ClusterView, 'drawing' | 'place'>,
  index: IndexOfObjects,
): string[] {
  const relations = new Relations(drawing);
  return outsideCards(drawing, place, (node) => {
    const id = idOf(node);
    const { outside = 'unknown' } = node;
    const where = place === '' ? '' : `<p class="soft">${pageText(name(place))}</p>`;
    const title = `${inline(name(`${node.kind} ${node.namespace === undefined ? '' : `${node.namespace}/`}${node.name}`))} ${mark(OUTSIDE[outside], outside === 'missing' ? 'warning' : 'none')}`;
    return [
      `<h3>${title}</h3>`,
      where,
      related('Refers to', relations.of(id), place, index),
      related('Referred to by', relations.on(id), place, index),
    ].join('');
  });
}
