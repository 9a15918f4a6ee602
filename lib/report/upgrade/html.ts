import type { Manifest, ObjectId } from '../../manifest/manifest';
import { counted } from '../counts';
import { pageText } from '../escape/html';
import { advice, name, sentence } from '../escape/terminal';
import { card, inline, mark, table } from '../html/elements';
import { IndexOfObjects, type ShownObject } from '../html/index-of-objects';
import { objectCards } from '../html/objects';
import { objectsTab, page, type Tab, type Tone } from '../html/page';
import { already, changesIn, type ChangeGroup } from './groups';
import { partName, type UpgradePart, type UpgradePrinter, type UpgradeReport } from './report';
import { CELLS, isNotable, TITLES } from './words';

/** A page for people: objects by releases, what each release changes, and every object. */
export const html: UpgradePrinter = (report) => {
  const index = new IndexOfObjects(shownInUpgrade(report));
  const { verdict, tone, about, tabs } = upgradeChapter(report, index);
  const cards = objectCards(
    report.parts.map((part) => ({ place: placeIn(part), manifests: manifestsOf(part) })),
    index,
  );
  return page({
    command: 'upgrade',
    verdict,
    tone,
    about,
    version: report.version,
    tabs: [...tabs, objectsTab(cards)],
  });
};

/** What a page has of the rehearsal of an upgrade. */
export interface UpgradeChapter {
  readonly verdict: string;
  readonly tone: Tone;
  readonly about: string;
  readonly tabs: readonly [Tab, ...Tab[]];
}

export function upgradeChapter({ parts }: UpgradeReport, index: IndexOfObjects): UpgradeChapter {
  const notable = parts.flatMap(({ objects }) => objects.filter(isNotable));
  const objects = parts.reduce((sum, part) => sum + part.objects.length, 0);
  const changes = parts.flatMap((part) => changeCards(part, index));
  return {
    verdict: `${notable.length} of ${counted(objects, 'object')} with something to look at${rangeOf(parts)}`,
    tone: toneOf(parts),
    about: parts.map(partName).filter(Boolean).map(name).join('; '),
    tabs: [
      { id: 'upgrade', title: 'Upgrade', body: parts.map((part) => matrix(part, index)).join('\n') },
      {
        id: 'releases',
        title: 'Releases',
        count: changes.length,
        isSearched: true,
        body: changes.join('\n') || '<p>No release on the way changes anything.</p>',
      },
    ],
  };
}

/** The objects that go through the releases. */
export function shownInUpgrade({ parts }: UpgradeReport): ShownObject[] {
  return parts.flatMap((part) => part.objects.map(({ id }) => ({ id, place: placeIn(part) })));
}

/** `shop/production`, as the anchors of objects have it. */
function placeIn({ app, environment, folder }: UpgradePart): string {
  return [app, environment, folder].filter((each) => each !== undefined && each !== '').join('/');
}

/** The manifests of an app hold those of all its environments. */
function manifestsOf({ manifests, environment }: UpgradePart): Manifest[] {
  return manifests.filter(({ origin }) => environment === undefined || origin?.environment === environment);
}

function rangeOf([first]: readonly UpgradePart[]): string {
  const releases = first?.releases ?? [];
  return releases.length === 0 ? '' : `, from Kubernetes ${releases[0] ?? ''} to ${releases.at(-1) ?? ''}`;
}

function toneOf(parts: readonly UpgradePart[]): Tone {
  const groups = parts.flatMap((part) => [
    ...already(part),
    ...part.releases.flatMap((release) => changesIn(part, release)),
  ]);
  const severities = groups
    .filter(({ change }) => change.kind !== 'accepted')
    .map(({ change }) => change.severity);
  if (severities.includes('error') || parts.some(({ skew }) => skew.length > 0)) return 'bad';
  return severities.includes('warning') ? 'warning' : 'good';
}

function matrix(part: UpgradePart, index: IndexOfObjects): string {
  const { releases, objects, skew } = part;
  const rows = objects.filter(isNotable).map(({ id, verdicts }) => [
    index.link(id, [placeIn(part)]),
    ...releases.map((release) => {
      const verdict = verdicts.get(release) ?? 'unknown';
      return mark(CELLS[verdict], verdict === 'off' || verdict === 'future' ? 'removed' : verdict);
    }),
  ]);
  const of = partName(part);
  const quiet = objects.length - rows.length;
  return [
    of === '' ? '' : `<h3>${pageText(name(of))}</h3>`,
    ...skew.map(
      ({ message, source }) =>
        `<p>${mark('error', 'error')} ${pageText(sentence(message))} <span class="soft">${pageText(source)}</span></p>`,
    ),
    rows.length === 0 ? '' : table(`Objects by release ${of}`, ['object', ...releases], rows),
    quiet === 0 ? '' : `<p class="soft">${counted(quiet, 'object')} with nothing to look at.</p>`,
  ].join('\n');
}

function changeCards(part: UpgradePart, index: IndexOfObjects): string[] {
  const { releases } = part;
  const [first = ''] = releases;
  return [
    ...already(part).map((group) => changeCard(`${first}, before the upgrade`, group, part, index)),
    ...releases
      .slice(1)
      .flatMap((release) => changesIn(part, release).map((group) => changeCard(release, group, part, index))),
  ];
}

function changeCard(
  release: string,
  { change, ids }: ChangeGroup,
  part: UpgradePart,
  index: IndexOfObjects,
): string {
  const { kind, severity, path, message, hint, source } = change;
  const field = path === '' ? '' : `${inline(name(path))}: `;
  const [id] = ids;
  return card(
    [
      `<h3>${pageText(release)}: ${namesOf(ids, part, index)}</h3>`,
      `<p>${mark(severity, severity)} ${pageText(TITLES[kind])}. ${field}${pageText(sentence(message))}</p>`,
      hint === undefined ? '' : `<p>${pageText(advice(hint, ''))}</p>`,
      source === undefined ? '' : `<p class="soft">${pageText(source)}</p>`,
    ].join(''),
    { data: { kind: id?.kind, namespace: id?.namespace, severity } },
  );
}

/** The first objects as links, and how many more there are. */
function namesOf(ids: readonly ObjectId[], part: UpgradePart, index: IndexOfObjects): string {
  const shown = ids.slice(0, MOST_NAMED).map((id) => index.link(id, [placeIn(part)]));
  const more = ids.length - shown.length;
  return `${shown.join(', ')}${more === 0 ? '' : ` and ${more} more`}`;
}

const MOST_NAMED = 10;
