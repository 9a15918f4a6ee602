import { formatId } from '../../manifest/manifest';
import { counted } from '../counts';
import { pageText } from '../escape/html';
import { advice, name, sentence } from '../escape/terminal';
import { card, inline, mark, table } from '../html/elements';
import { page, type Tone } from '../html/page';
import { already, changesIn, named, type ChangeGroup } from './groups';
import { partName, type UpgradePart, type UpgradePrinter } from './report';
import { CELLS, isNotable, TITLES } from './words';

/** A page for people: objects by releases, and what each release changes. */
export const html: UpgradePrinter = ({ version, parts }) => {
  const notable = parts.flatMap(({ objects }) => objects.filter(isNotable));
  const objects = parts.reduce((sum, part) => sum + part.objects.length, 0);
  const changes = parts.map(changeCards);
  return page({
    command: 'upgrade',
    verdict: `${notable.length} of ${counted(objects, 'object')} with something to look at${rangeOf(parts)}`,
    tone: toneOf(parts),
    about: parts.map(partName).filter(Boolean).map(name).join('; '),
    version,
    tabs: [
      { id: 'upgrade', title: 'Upgrade', body: parts.map(matrix).join('\n') },
      {
        id: 'changes',
        title: 'Changes',
        count: changes.flat().length,
        isSearched: true,
        body: changes.flat().join('\n') || '<p>No release on the way changes anything.</p>',
      },
    ],
  });
};

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

function matrix(part: UpgradePart): string {
  const { releases, objects, skew } = part;
  const rows = objects.filter(isNotable).map(({ id, verdicts }) => [
    inline(name(formatId(id))),
    ...releases.map((release) => {
      const verdict = verdicts.get(release) ?? 'unknown';
      return mark(CELLS[verdict], verdict);
    }),
  ]);
  const of = partName(part);
  const quiet = objects.length - rows.length;
  return [
    of === '' ? '' : `<h3>${pageText(name(of))}</h3>`,
    ...skew.map(({ message }) => `<p>${mark('error', 'error')} ${pageText(sentence(message))}</p>`),
    rows.length === 0 ? '' : table(`Objects by release ${of}`, ['object', ...releases], rows),
    `<p class="soft">${counted(quiet, 'object')} with nothing to look at.</p>`,
  ].join('\n');
}

function changeCards(part: UpgradePart): string[] {
  const { releases } = part;
  const [first = ''] = releases;
  return [
    ...already(part).map((group) => changeCard(`${first}, before the upgrade`, group)),
    ...releases
      .slice(1)
      .flatMap((release) => changesIn(part, release).map((group) => changeCard(release, group))),
  ];
}

function changeCard(release: string, { change, ids }: ChangeGroup): string {
  const { kind, severity, path, message, hint, source } = change;
  const field = path === '' ? '' : `${inline(name(path))}: `;
  const [id] = ids;
  return card(
    [
      `<h3>${pageText(release)}: ${inline(name(named(ids)))}</h3>`,
      `<p>${mark(severity, severity)} ${pageText(TITLES[kind])}. ${field}${pageText(sentence(message))}</p>`,
      hint === undefined ? '' : `<p>${pageText(advice(hint, ''))}</p>`,
      source === undefined ? '' : `<p class="soft">${pageText(source)}</p>`,
    ].join(''),
    { data: { kind: id?.kind, namespace: id?.namespace, severity } },
  );
}
