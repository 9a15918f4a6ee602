import { formatId } from '../../manifest/manifest';
import { counted } from '../counts';
import { cell, code, escape, LONGEST_COMMENT } from '../escape/markdown';
import { advice, name, sentence } from '../escape/terminal';
import { SIGNS } from '../severity';
import { already, changesIn, named, type ChangeGroup } from './groups';
import { partName, type UpgradePart, type UpgradePrinter } from './report';
import { CELLS, isNotable, isQuiet, quietParts, TITLES } from './words';

/** For an issue or a comment: the matrix, and a section a release. At most 60,000 characters. */
export const markdown: UpgradePrinter = ({ parts }) => {
  const lines: string[] = [];
  let room = LONGEST_COMMENT - 200;
  let left = 0;
  const quiet = quietParts(parts);
  const said = [
    ...parts.filter((part) => !isQuiet(part, parts)).flatMap(partLines),
    ...(quiet === undefined ? [] : [escape(quiet)]),
  ];
  for (const line of said) {
    room -= line.length + 1;
    if (room > 0) lines.push(line);
    else left++;
  }
  if (left > 0) lines.push('', `${counted(left, 'line')} left out: a comment cannot be longer.`);
  return `${lines.join('\n')}\n`;
};

function partLines(part: UpgradePart): string[] {
  const { releases, objects, skew } = part;
  const range = `${releases[0] ?? ''} to ${releases.at(-1) ?? ''}`;
  const of = partName(part);
  const notable = objects.filter(isNotable);
  return [
    `## ${escape(`Kubernetes ${range}${of === '' ? '' : `: ${name(of)}`}`)}`,
    '',
    `${counted(objects.length, 'object')}, ${counted(notable.length, 'object')} with something to look at.`,
    ...(notable.length === 0 ? [] : ['', ...matrix(part)]),
    ...section(`On ${releases[0] ?? ''}, before the upgrade`, already(part).map(groupLine)),
    ...releases.slice(1).flatMap((release) => {
      const nodes = skew
        .filter(({ kubernetes }) => kubernetes === release)
        .map(({ message, source }) => `- ${SIGNS.error} ${escape(sentence(message))}<br>${escape(source)}`);
      return section(release, [...changesIn(part, release).map(groupLine), ...nodes]);
    }),
    '',
  ];
}

function matrix({ releases, objects }: UpgradePart): string[] {
  const rows = objects.filter(isNotable).map(({ id, verdicts }) => {
    const cells = releases.map((release) => CELLS[verdicts.get(release) ?? 'unknown']);
    return `| ${cell(name(formatId(id)))} | ${cells.join(' | ')} |`;
  });
  return [`| | ${releases.join(' | ')} |`, `|---|${releases.map(() => '---').join('|')}|`, ...rows];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', `### ${escape(title)}`, '', ...lines];
}

function groupLine({ change, ids }: ChangeGroup): string {
  const { kind, severity, path, message, hint, source } = change;
  const field = path === '' ? '' : ` ${code(name(path))}`;
  const more = [hint === undefined ? undefined : advice(hint, ''), source].filter(
    (each) => each !== undefined,
  );
  return `- ${SIGNS[severity]} **${TITLES[kind]}**: ${code(name(named(ids)))}${field}: ${escape(sentence(message))}${more.map((each) => `<br>${escape(each)}`).join('')}`;
}
