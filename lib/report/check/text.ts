import { withCallers } from '../../errors';
import { inert } from '../../text';
import { formatId } from '../../manifest/manifest';
import type { Source } from '../../manifest/source';
import { counted } from '../counts';
import { advice, name, sentence } from '../escape/terminal';
import type { Paint } from '../paint';
import { colour } from '../severity';
import { groupBy, merge, type Merged } from './merge';
import { withoutRepetition, type Shown } from './repeated';
import type { CheckReport, Looks, Printer } from './report';
import { count, countsInWords, objectsIn } from './severities';

/**
 * For people: by line of code, then by object, with the code and hints; a count at the end. What says the same at many places
 * is shown at the first, with a line for each of the others.
 */
export const text: Printer = (report, looks) => {
  const merged = merge(report.parts);
  const blocks = groupBy(withoutRepetition(merged), sourceKey).map((group) => block(group, looks));
  return inert(`${[...blocks, summary(report, merged, looks.paint)].join('\n')}\n`);
};

function sourceKey({ source, finding }: Merged): string {
  return placeOf({ source, finding }) ?? formatId(finding.id);
}

/** The line, or where cdk8s knows none the construct. */
function placeOf({ source, finding }: Pick<Merged, 'source' | 'finding'>): string | undefined {
  return source === undefined ? finding.origin?.construct : linesOf(source, finding);
}

/** The line, and those that called the function it stands in. */
function linesOf(source: Source, { origin }: Merged['finding']): string {
  return withCallers({ ...origin, source: placeOfSource(source) });
}

/** `deploy.yaml:14`, or with the column `deploy.yaml:14:5`. */
function placeOfSource({ file, line, column }: Source): string {
  return [file, line, ...(column === undefined ? [] : [column])].join(':');
}

/** The findings of one line of code. */
function block(group: readonly [Shown, ...Shown[]], looks: Looks): string {
  const place = placeOf(group[0]);
  const lines = place === undefined ? [] : [looks.paint.bold(name(place))];
  lines.push(...frame(group, looks));
  for (const object of groupBy(group, ({ finding, places }) => JSON.stringify([finding.id, places])))
    lines.push(...objectLines(object, looks.paint));
  return `${lines.join('\n')}\n`;
}

/** The lines of the code, unless they make a Secret: reports end up in logs. */
function frame(group: readonly [Merged, ...Merged[]], looks: Looks): string[] {
  const [{ source }] = group;
  if (source === undefined || group.some(({ finding }) => finding.id.kind === 'Secret')) return [];
  const code = looks.frame(source, 1);
  return code === undefined ? [] : code.split('\n').map((line) => frameLine(line, looks.paint));
}

function frameLine(line: string, paint: Paint): string {
  const shown = `  ${name(line.replaceAll('\t', '  '))}`;
  return line.startsWith('>') ? shown : paint.dim(shown);
}

function objectLines([first, ...more]: readonly [Shown, ...Shown[]], paint: Paint): string[] {
  const { finding, places } = first;
  const where = places.length === 0 ? '' : paint.dim(` in ${places.map(name).join(', ')}`);
  return [
    `  ${paint.bold(name(formatId(finding.id)))}${where}`,
    ...[first, ...more].flatMap((shown) => findingLines(shown, paint)),
  ];
}

/** Where hints begin: below the message, behind `warning`. */
const INDENT = ' '.repeat(13);

/** Where the other lines of a hint begin, so that none can be taken for a line of the report. */
const DEEPER = `${INDENT}  `;

function findingLines({ finding, others }: Shown, paint: Paint): string[] {
  const { severity, path, message, hint, rule } = finding;
  const word = paint.bold(colour(severity, paint)(severity.padEnd(7)));
  const field = path === '' ? '' : `${paint.cyan(name(path))}: `;
  const lines = [`    ${word}  ${field}${sentence(message)} ${paint.dim(`[${name(rule)}]`)}`];
  if (hint !== undefined) lines.push(`${INDENT}${advice(hint, DEEPER)}`);
  if (others.length > 0) lines.push(...otherLines(others, paint));
  return lines;
}

/** Where else the same is found, a line each. */
function otherLines(others: readonly Merged[], paint: Paint): string[] {
  const lines = others.map((other) => {
    const place = placeOf(other);
    // A folder that the file is in says nothing more.
    const parts = other.places.filter((part) => other.source?.file.startsWith(part) !== true);
    const object = `${formatId(other.finding.id)}${parts.length === 0 ? '' : ` in ${parts.join(', ')}`}`;
    return paint.dim(`${DEEPER}${name(place === undefined ? object : `${place}  ${object}`)}`);
  });
  return [`${INDENT}The same at ${counted(others.length, 'other place')}:`, ...lines];
}

function summary({ parts }: CheckReport, merged: readonly Merged[], paint: Paint): string {
  const findings = merged.map(({ finding }) => finding);
  const environments = new Set(parts.map(({ environment }) => environment));
  environments.delete(undefined);
  const what = parts.some(({ isFolder }) => isFolder === true) ? 'separate part' : 'environment';
  const where = environments.size === 0 ? '' : ` in ${counted(environments.size, what)}`;
  const objects = `${counted(objectsIn(parts), 'object')}${where}`;
  if (findings.length === 0) return paint.green(`${objects}: no findings`);
  const colour = count(findings, 'error') > 0 ? paint.red : paint.yellow;
  return paint.bold(colour(`${countsInWords(findings)} in ${objects}`));
}
