import { SEVERITIES, type Finding, type Severity } from '../../check/finding';
import { formatId } from '../../manifest/manifest';
import type { Source } from '../../manifest/source';
import { counted } from '../counts';
import { cell, code, escape, LONGEST_COMMENT } from '../escape/markdown';
import { advice, name, sentence } from '../escape/terminal';
import { SIGNS } from '../severity';
import { groupBy, merge, placeOf, type Merged } from './merge';
import type { CheckReport, Part, Printer } from './report';
import { count, countsInWords, objectsIn } from './severities';

/** The line by which a workflow finds the comment of its last run. */
const MARK = '<!-- seaworthy check -->';

/** For a comment on a pull request: the counts, and the findings folded below. At most 60,000 characters. */
export const markdown: Printer = (report) => {
  const merged = merge(report.parts);
  const head = [MARK, `### ${title(report, merged)}`, '', ...table(report.parts)];
  const lines: string[] = [];
  let room = LONGEST_COMMENT - head.join('\n').length - 500;
  let left = 0;
  for (const severity of SEVERITIES) {
    const found = merged.filter(({ finding }) => finding.severity === severity);
    const entries = entriesOf(found);
    const fitting = entries.filter((text) => (room -= text.length + 1) > 0);
    left += entries.length - fitting.length;
    if (fitting.length > 0) lines.push(...section(severity, found.length, fitting));
  }
  if (left > 0)
    lines.push('', `${counted(left, 'object')} with findings left out: a comment cannot be longer.`);
  return `${[...head, ...lines].join('\n')}\n`;
};

function title({ parts }: CheckReport, merged: readonly Merged[]): string {
  const findings = merged.map(({ finding }) => finding);
  const worst = SEVERITIES.find((severity) => count(findings, severity) > 0);
  if (worst === undefined) return `✅ Seaworthy: no findings in ${counted(objectsIn(parts), 'object')}`;
  return `${SIGNS[worst]} Seaworthy: ${countsInWords(findings)}`;
}

/** The counts by environment. */
function table(parts: readonly Part[]): string[] {
  const rows = parts.map((part) => {
    const counts = SEVERITIES.map((severity) => count(part.findings, severity));
    return `| ${cell(placeOf(part) === '' ? 'manifests' : name(placeOf(part)))} | ${[part.manifests.length, ...counts].join(' | ')} |`;
  });
  return ['| | objects | errors | warnings | infos |', '|---|--:|--:|--:|--:|', ...rows];
}

/** The findings of each object. */
function entriesOf(merged: readonly Merged[]): string[] {
  const key = ({ finding, source, places }: Merged) =>
    JSON.stringify([source, finding.origin?.calledFrom, finding.id, places]);
  return groupBy(merged, key).map((group) => {
    const [{ finding, source, places }] = group;
    const names = [
      ...placesOf(source, finding),
      code(name(formatId(finding.id))),
      ...(places.length === 0 ? [] : [escape(places.map(name).join(', '))]),
    ];
    return [`**${names.join(' · ')}**`, ...group.map(findingLine), ''].join('\n');
  });
}

/** The line, or where cdk8s knows none the construct. */
function placesOf(source: Source | undefined, finding: Finding): string[] {
  if (source !== undefined) return [linesOf(source, finding)];
  const construct = finding.origin?.construct;
  return construct === undefined ? [] : [code(name(construct))];
}

function linesOf({ file, line }: Source, { origin }: Finding): string {
  const [made = '', ...callers] = [`${file}:${line}`, ...(origin?.calledFrom ?? [])].map((each) =>
    code(name(each)),
  );
  return callers.length === 0 ? made : `${made}, called from ${callers.join(', ')}`;
}

function findingLine({ finding: { path, message, hint, rule } }: Merged): string {
  const field = path === '' ? '' : `${code(name(path))}: `;
  const suggestion = hint === undefined ? '' : `<br>${escape(advice(hint, ''))}`;
  return `- ${field}${escape(sentence(message))} <sub>${escape(name(rule))}</sub>${suggestion}`;
}

function section(severity: Severity, found: number, entries: readonly string[]): string[] {
  const summary = `<b>${SIGNS[severity]} ${counted(found, severity)}</b>`;
  const open = severity === 'error' ? ' open' : '';
  return ['', `<details${open}><summary>${summary}</summary>`, '', ...entries, '</details>'];
}
