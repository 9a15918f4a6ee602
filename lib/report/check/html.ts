import { SEVERITIES, type Finding } from '../../check/finding';
import { formatId, identityKey, type KubeObject, type Manifest, type Origin } from '../../manifest/manifest';
import { emitYaml } from '../../manifest/yaml/emit';
import { SeaworthyError } from '../../errors';
import { counted } from '../counts';
import { pageText } from '../escape/html';
import { jsonText } from '../escape/json';
import { advice, name, sentence } from '../escape/terminal';
import { anchorOf, block, card, folded, inline, list, mark, objectLink, table } from '../html/elements';
import { page, type Tone } from '../html/page';
import { groupBy, merge, placeOf, type Merged } from './merge';
import type { CheckReport, Looks, Part, Printer } from './report';
import { count, countsInWords, isAtLeast, objectsIn } from './severities';

/** A page for people: the verdict, the findings with their code, and every object with its manifest. */
export const html: Printer = (report, looks) => {
  const merged = merge(report.parts);
  return page({
    command: 'check',
    verdict: verdictOf(report, merged),
    tone: toneOf(report, merged),
    about: report.parts.map(placeOf).filter(Boolean).map(name).join(', '),
    version: report.version,
    tabs: [
      { id: 'overview', title: 'Overview', body: overview(report, merged) },
      {
        id: 'findings',
        title: 'Findings',
        count: merged.length,
        isSearched: true,
        body: findings(merged, looks, report.parts),
      },
      {
        id: 'objects',
        title: 'Objects',
        count: objectsIn(report.parts),
        isSearched: true,
        body: objects(report.parts),
      },
    ],
  });
};

function verdictOf({ parts }: CheckReport, merged: readonly Merged[]): string {
  const all = counted(objectsIn(parts), 'object');
  if (merged.length === 0) return `No findings in ${all}`;
  return `${countsInWords(merged.map(({ finding }) => finding))} in ${all}`;
}

function toneOf({ failOn }: CheckReport, merged: readonly Merged[]): Tone {
  if (merged.some(({ finding }) => isAtLeast(finding.severity, failOn))) return 'bad';
  return merged.some(({ finding }) => finding.severity !== 'info') ? 'warning' : 'good';
}

function overview({ parts, skipped = [] }: CheckReport, merged: readonly Merged[]): string {
  const rows = parts.map((part) => [
    inline(placeOf(part) === '' ? 'manifests' : placeOf(part)),
    String(part.manifests.length),
    ...SEVERITIES.map((severity) => String(count(part.findings, severity))),
  ]);
  const worst = bySeverity(merged).slice(0, MOST_WORST);
  const left = merged.length - worst.length;
  const rest = left === 0 ? '' : `<p><a href="#findings">${counted(left, 'more finding')}</a></p>`;
  const notRead = skipped.map(({ file, reason }) => `${inline(file)}: ${pageText(reason)}`);
  return [
    table('Counts', ['environment', 'objects', 'errors', 'warnings', 'infos'], rows),
    ...(worst.length === 0
      ? []
      : ['<h3>Worst first</h3>', list(worst.map((each) => brief(each, parts))), rest]),
    ...(notRead.length === 0 ? [] : [folded(`${counted(notRead.length, 'file')} skipped`, list(notRead))]),
  ].join('\n');
}

/** Findings that the overview shows. */
const MOST_WORST = 10;

function bySeverity(merged: readonly Merged[]): Merged[] {
  return SEVERITIES.flatMap((severity) => merged.filter(({ finding }) => finding.severity === severity));
}

function brief({ finding, places }: Merged, parts: readonly Part[]): string {
  const { severity, message } = finding;
  return `${mark(severity, severity)} ${linkTo(finding, places, parts)} ${pageText(sentence(message))}`;
}

/** A link to the object of a finding, where the page shows it: a broken document is none. */
function linkTo({ id }: Finding, places: readonly string[], parts: readonly Part[]): string {
  const key = identityKey(id);
  const part = parts.find(
    (each) => (places.length === 0 || places.includes(placeOf(each))) && keysOf(each).has(key),
  );
  return part === undefined ? inline(formatId(id)) : objectLink(id, placeOf(part));
}

const keysByPart = new WeakMap<Part, ReadonlySet<string>>();

function keysOf(part: Part): ReadonlySet<string> {
  let keys = keysByPart.get(part);
  if (keys === undefined)
    keysByPart.set(part, (keys = new Set(part.manifests.map(({ id }) => identityKey(id)))));
  return keys;
}

/** The findings of each object, those with the worst first. */
function findings(merged: readonly Merged[], looks: Looks, parts: readonly Part[]): string {
  if (merged.length === 0) return '<p>Nothing was found.</p>';
  const groups = groupBy(bySeverity(merged), ({ finding, places, source }) =>
    JSON.stringify([finding.id, places, source, finding.origin?.calledFrom]),
  );
  return groups.map((group) => findingCard(group, looks, parts)).join('\n');
}

function findingCard(group: readonly [Merged, ...Merged[]], looks: Looks, parts: readonly Part[]): string {
  const [{ finding, places, source }] = group;
  const { id, origin, severity } = finding;
  const isShown = source !== undefined && id.kind !== 'Secret';
  const code = isShown ? looks.frame(source, 2) : undefined;
  const facts = [...placesOf(origin), ...places.map((place) => pageText(name(place)))];
  return card(
    [
      `<h3>${linkTo(finding, places, parts)}</h3>`,
      facts.length === 0 ? '' : `<p class="soft">${facts.join(' · ')}</p>`,
      code === undefined ? '' : block(code, `Code at ${origin?.source ?? ''}`),
      ...group.map(findingText),
    ].join(''),
    { data: { kind: id.kind, namespace: id.namespace, severity } },
  );
}

/** The line and those that called it, and the construct. */
function placesOf(origin: Origin | undefined): string[] {
  const called = (origin?.calledFrom ?? []).map(inline).join(', ');
  return [
    ...(origin?.source === undefined ? [] : [inline(origin.source)]),
    ...(called === '' ? [] : [`called from ${called}`]),
    ...(origin?.construct === undefined ? [] : [`construct ${inline(origin.construct)}`]),
  ];
}

function findingText({ finding: { severity, path, message, hint, rule } }: Merged): string {
  const field = path === '' ? '' : `${inline(name(path))}: `;
  const suggestion = hint === undefined ? '' : `<br>${pageText(advice(hint, ''))}`;
  return `<div class="finding">${mark(severity, severity)} ${field}${pageText(sentence(message))} <span class="soft">${pageText(name(rule))}</span>${suggestion}</div>`;
}

function objects(parts: readonly Part[]): string {
  const cards = parts.flatMap((part) => {
    const found = new Map(
      groupBy(part.findings, ({ id }) => identityKey(id)).map((group) => [identityKey(group[0].id), group]),
    );
    return part.manifests.map((manifest) => objectCard(manifest, placeOf(part), found));
  });
  return cards.length === 0 ? '<p>There are no objects.</p>' : cards.join('\n');
}

function objectCard(
  { id, object, origin }: Manifest,
  place: string,
  found: ReadonlyMap<string, readonly Finding[]>,
): string {
  const own = found.get(identityKey(id)) ?? [];
  const worst = SEVERITIES.find((severity) => count(own, severity) > 0);
  const facts = [...placesOf(origin), ...(place === '' ? [] : [pageText(name(place))])];
  return card(
    [
      `<h3>${inline(formatId(id))}${worst === undefined ? '' : ` ${mark(countsInWords(own), worst)}`}</h3>`,
      facts.length === 0 ? '' : `<p class="soft">${facts.join(' · ')}</p>`,
      list(own.map(({ message, severity }) => `${mark(severity, severity)} ${pageText(sentence(message))}`)),
      folded('Manifest', block(manifestText(object), `Manifest of ${formatId(id)}`)),
    ].join(''),
    { id: anchorOf(id, place), data: { kind: id.kind, namespace: id.namespace, severity: worst } },
  );
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
