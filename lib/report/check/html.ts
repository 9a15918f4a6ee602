import { SEVERITIES } from '../../check/finding';
import { counted } from '../counts';
import { pageText } from '../escape/html';
import { advice, name, sentence } from '../escape/terminal';
import { block, card, folded, inline, list, mark, table } from '../html/elements';
import { IndexOfObjects, type ShownObject } from '../html/index-of-objects';
import { objectCards, placesOf } from '../html/objects';
import { objectsTab, page, type Tab, type Tone } from '../html/page';
import { groupBy, merge, placeOf, type Merged } from './merge';
import type { CheckReport, Looks, Part, Printer } from './report';
import { count, countsInWords, isAtLeast, objectsIn } from './severities';

/** A page for people: the verdict, the findings with their code, and every object with its manifest. */
export const html: Printer = (report, looks) => {
  const index = new IndexOfObjects(shownIn(report.parts));
  const { verdict, tone, overview, findings } = checkChapter(report, looks, index);
  const cards = objectCards(
    report.parts.map((part) => ({ ...part, place: placeOf(part) })),
    index,
  );
  return page({
    command: 'check',
    verdict,
    tone,
    about: report.parts.map(placeOf).filter(Boolean).map(name).join(', '),
    version: report.version,
    tabs: [{ id: 'overview', title: 'Overview', body: overview }, findings, objectsTab(cards)],
  });
};

/** What a page has of a check. */
export interface CheckChapter {
  /** `2 errors in 40 objects` */
  readonly verdict: string;
  readonly tone: Tone;
  /** Counts, and the worst findings. */
  readonly overview: string;
  readonly findings: Tab;
}

export function checkChapter(report: CheckReport, looks: Looks, index: IndexOfObjects): CheckChapter {
  const merged = merge(report.parts);
  return {
    verdict: verdictOf(report, merged),
    tone: toneOf(report, merged),
    overview: overview(report, merged, index),
    findings: {
      id: 'findings',
      title: 'Findings',
      count: merged.length,
      isSearched: true,
      body: findings(merged, looks, index),
    },
  };
}

/** The objects that a page of a check has cards of. */
export function shownIn(parts: readonly Part[]): ShownObject[] {
  return parts.flatMap((part) => part.manifests.map(({ id }) => ({ id, place: placeOf(part) })));
}

function verdictOf({ parts }: CheckReport, merged: readonly Merged[]): string {
  const all = counted(objectsIn(parts), 'object');
  if (merged.length === 0) return `No findings in ${all}`;
  return `${countsInWords(merged.map(({ finding }) => finding))} in ${all}`;
}

function toneOf({ failOn }: CheckReport, merged: readonly Merged[]): Tone {
  if (merged.some(({ finding }) => isAtLeast(finding.severity, failOn))) return 'bad';
  return merged.some(({ finding }) => finding.severity !== 'info') ? 'warning' : 'good';
}

function overview(
  { parts, skipped = [] }: CheckReport,
  merged: readonly Merged[],
  index: IndexOfObjects,
): string {
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
      : ['<h3>Worst first</h3>', list(worst.map((each) => brief(each, index))), rest]),
    ...(notRead.length === 0 ? [] : [folded(`${counted(notRead.length, 'file')} skipped`, list(notRead))]),
  ].join('\n');
}

/** Findings that the overview shows. */
const MOST_WORST = 10;

function bySeverity(merged: readonly Merged[]): Merged[] {
  return SEVERITIES.flatMap((severity) => merged.filter(({ finding }) => finding.severity === severity));
}

function brief({ finding, places }: Merged, index: IndexOfObjects): string {
  const { id, severity, message } = finding;
  return `${mark(severity, severity)} ${index.link(id, places)} ${pageText(sentence(message))}`;
}

/** The findings of each object, those with the worst first. */
function findings(merged: readonly Merged[], looks: Looks, index: IndexOfObjects): string {
  if (merged.length === 0) return '<p>Nothing was found.</p>';
  const groups = groupBy(bySeverity(merged), ({ finding, places, source }) =>
    JSON.stringify([finding.id, places, source, finding.origin?.calledFrom]),
  );
  return groups.map((group) => findingCard(group, looks, index)).join('\n');
}

function findingCard(group: readonly [Merged, ...Merged[]], looks: Looks, index: IndexOfObjects): string {
  const [{ finding, places, source }] = group;
  const { id, origin, severity } = finding;
  const isShown = source !== undefined && id.kind !== 'Secret';
  const code = isShown ? looks.frame(source, 2) : undefined;
  const facts = [...placesOf(origin), ...places.map((place) => pageText(name(place)))];
  return card(
    [
      `<h3>${index.link(id, places)}</h3>`,
      facts.length === 0 ? '' : `<p class="soft">${facts.join(' · ')}</p>`,
      code === undefined ? '' : block(code, `Code at ${origin?.source ?? ''}`),
      ...group.map(findingText),
    ].join(''),
    { data: { kind: id.kind, namespace: id.namespace, severity } },
  );
}

function findingText({ finding: { severity, path, message, hint, rule } }: Merged): string {
  const field = path === '' ? '' : `${inline(name(path))}: `;
  const suggestion = hint === undefined ? '' : `<br>${pageText(advice(hint, ''))}`;
  return `<div class="finding">${mark(severity, severity)} ${field}${pageText(sentence(message))} <span class="soft">${pageText(name(rule))}</span>${suggestion}</div>`;
}
