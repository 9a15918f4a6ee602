import { formatId } from '../../manifest/manifest';
import { inert } from '../../text';
import { REFUSALS, type UpgradedObject, type UpgradeVerdict } from '../../upgrade/result';
import { padded, columnsOf } from '../columns';
import { counted } from '../counts';
import { advice, name, sentence } from '../escape/terminal';
import type { Paint } from '../paint';
import { colour } from '../severity';
import { already, changesIn, named, type ChangeGroup } from './groups';
import { partName, type UpgradePart, type UpgradePrinter } from './report';
import { CELLS, isNotable, isQuiet, quietParts, TITLES } from './words';

/** For people: a matrix of the objects that an upgrade is about, and then what each release changes. */
export const text: UpgradePrinter = ({ parts }, paint) => {
  const loud = parts.filter((part) => !isQuiet(part, parts)).map((part) => partText(part, paint));
  const quiet = quietParts(parts);
  return inert(`${[...loud, ...(quiet === undefined ? [] : [quiet])].join('\n\n')}\n`);
};

function partText(part: UpgradePart, paint: Paint): string {
  const { releases, objects, skew } = part;
  const notable = objects.filter(isNotable);
  const head = [partName(part), `${releases[0] ?? ''} to ${releases.at(-1) ?? ''}`].filter(
    (each) => each !== '',
  );
  return [
    paint.bold(`${name(head.join(': '))}, ${counted(objects.length, 'object')}`),
    ...(notable.length === 0 ? [] : ['', ...matrix(part, notable, paint)]),
    ...restLines(notable.length, objects.length - notable.length),
    ...section(`On ${releases[0] ?? ''}, before the upgrade`, groupsIn(already(part), paint), paint),
    ...releases.slice(1).flatMap((release) => {
      const nodes = skew
        .filter(({ kubernetes }) => kubernetes === release)
        .flatMap(({ message, source }) => [
          `  ${paint.red('nodes')}: ${sentence(message)}`,
          paint.dim(`    source: ${source}`),
        ]);
      return section(release, [...groupsIn(changesIn(part, release), paint), ...nodes], paint);
    }),
  ].join('\n');
}

/** What is not in the matrix; nothing where all is. */
function restLines(shown: number, rest: number): string[] {
  if (shown === 0) return ['', 'Every release takes all objects as they are.'];
  if (rest === 0) return [];
  const taken = rest === 1 ? 'it as it is' : 'them as they are';
  return ['', `${counted(rest, 'other object')}: every release takes ${taken}, as far as is known.`];
}

function matrix({ releases }: UpgradePart, objects: readonly UpgradedObject[], paint: Paint): string[] {
  const names = objects.map(({ id }) => name(formatId(id)));
  const width = Math.max(...names.map(columnsOf));
  const cell = 9;
  const rows = objects.map(({ verdicts }, index) =>
    [
      padded(names[index] ?? '', width),
      ...releases.map((release) => {
        const verdict = verdicts.get(release) ?? 'unknown';
        return tinted(verdict, paint)(CELLS[verdict].padEnd(cell));
      }),
    ]
      .join('  ')
      .trimEnd(),
  );
  const head = [' '.repeat(width), ...releases.map((release) => release.padEnd(cell))].join('  ').trimEnd();
  return [paint.dim(head), ...rows];
}

function tinted(verdict: UpgradeVerdict, paint: Paint): (text: string) => string {
  if (REFUSALS.has(verdict)) return paint.red;
  if (verdict === 'dropped' || verdict === 'warned') return paint.yellow;
  return verdict === 'ok' ? paint.green : paint.dim;
}

function section(title: string, lines: readonly string[], paint: Paint): string[] {
  return lines.length === 0 ? [] : ['', paint.bold(title), ...lines];
}

function groupsIn(groups: readonly ChangeGroup[], paint: Paint): string[] {
  return groups.flatMap((group) => groupLines(group, paint));
}

function groupLines({ change, ids }: ChangeGroup, paint: Paint): string[] {
  const { kind, severity, path, message, hint, source } = change;
  const field = path === '' ? '' : ` ${name(path)}`;
  return [
    `  ${colour(severity, paint)(TITLES[kind])}: ${name(named(ids))}${field}`,
    `    ${sentence(message)}`,
    ...(hint === undefined ? [] : [paint.dim(`    ${advice(hint, '      ')}`)]),
    ...(source === undefined ? [] : [paint.dim(`    source: ${sentence(source)}`)]),
  ];
}
