import { formatId } from '../../manifest/manifest';
import { METHOD_WORDS } from '../../plan/apply-methods';
import type { Change, ChangedField } from '../../plan/change';
import { counted } from '../counts';
import { code, escape, html, LONGEST_COMMENT } from '../escape/markdown';
import { name, sentence } from '../escape/terminal';
import { SIGNS } from '../severity';
import { alteredGroups, labelsOf, nameOf, onlyIn } from './altered';
import { blastGraphs } from './blast';
import { consequenceGroups, type Following } from './consequences';
import { driftedObjects, type Drifted } from './drift';
import { countsInWords, isQuiet, unchangedInWords } from './effects';
import { shownFields } from './fields';
import type { Merged } from './merge';
import type { PlanPrinter, PlanReport } from './report';
import { shownValues } from './values';

/** By this line a workflow finds the comment of its last run. */
const MARK = '<!-- seaworthy plan -->';

/** Fields of one object that are shown. */
const MOST_FIELDS = 10;

/** What folds away: its heading, and what is said of each. */
interface Section {
  readonly summary: string;
  readonly isOpen: boolean;
  readonly entries: readonly string[];
}

/** For the comment of a pull request: a graph of what changes, then what is bad in sight, the rest folded. At most 60,000 characters. */
export const markdown: PlanPrinter = (report) => {
  const graphs = blastGraphs(report.parts);
  const head = [MARK, `### ${title(report)}`, '', ...broken(report), overview(report), ...graphs];
  const lines: string[] = [];
  let room = LONGEST_COMMENT - head.join('\n').length - 500;
  let left = 0;
  for (const { summary, isOpen, entries } of sections(report)) {
    room -= summary.length + 60;
    const fitting = entries.filter((entry) => (room -= entry.length + 1) > 0);
    left += entries.length - fitting.length;
    if (fitting.length === 0) continue;
    lines.push('', `<details${isOpen ? ' open' : ''}><summary><b>${summary}</b></summary>`, '');
    lines.push(...fitting, '', '</details>');
  }
  if (left > 0) lines.push('', `${left} more left out, as a comment takes no more.`);
  return `${[...head, ...lines].join('\n')}\n`;
};

/** Says that the plan is not whole. */
function broken({ problems = [] }: PlanReport): string[] {
  if (problems.length === 0) return [];
  const places = [...new Set(problems.map(({ source, place }) => source ?? place ?? ''))];
  const shown = places.slice(0, 10).map((place) => code(name(place)));
  return [
    `❌ ${counted(problems.length, 'document')} cannot be read, and not planned: ${shown.join(', ')}`,
    '',
  ];
}

function title(report: PlanReport): string {
  const { parts, mode, refused } = report;
  if (mode === 'difference')
    return escape(
      `${name(report.before.name)} and ${name(report.after.name)}: ${name(countsInWords(report))}`,
    );
  if (isQuiet(parts)) return `✅ Nothing changes in ${unchangedInWords(parts)}`;
  const [worst] = consequenceGroups(parts);
  const sign = refused.length > 0 ? '❌' : worst?.worst === 'info' || worst === undefined ? '✅' : '⚠️';
  const verdict = refused.length > 0 ? `; failed: ${refused.join(', ')} (--fail-on)` : '';
  return `${sign} ${countsInWords(report)}${verdict}`;
}

function overview({ before, after, parts, mode, apply, live }: PlanReport): string {
  const places = parts.map(({ place }) => place).filter((place) => place !== '');
  const where = places.length === 0 ? '' : `, in ${places.map((place) => code(name(place))).join(', ')}`;
  const by = live === undefined ? '' : ` as ${code(name(live.manager))}`;
  const way = mode === 'change' ? `, ${METHOD_WORDS[apply]}${by}` : '';
  return `${code(name(before.name))} → ${code(name(after.name))}${where}${way}`;
}

function sections(report: PlanReport): Section[] {
  const consequences = consequenceGroups(report.parts).map(({ title, worst, found }) => ({
    summary: `${SIGNS[worst]} ${title}: ${found.length}`,
    isOpen: worst !== 'info',
    entries: found.map(consequenceEntry),
  }));
  const drifted = driftedObjects(report.parts);
  const drift = {
    summary: `⚠️ ${counted(drifted.length, 'object')} drifted: changed in the cluster by somebody else`,
    isOpen: true,
    entries: drifted.map(driftEntry),
  };
  const objects = alteredGroups(report).map(({ word, found, relabelled }) => ({
    summary: `${counted(found.length + relabelled.length, 'object')} ${html(name(word))}`,
    isOpen: false,
    entries: [...found.map(objectEntry), ...(relabelled.length > 0 ? [relabelledEntry(relabelled)] : [])],
  }));
  return [...consequences, ...(drifted.length > 0 ? [drift] : []), ...objects];
}

function consequenceEntry({ value: { consequence, change }, places }: Merged<Following>): string {
  const sign = consequence.severity === 'info' ? '' : `${SIGNS[consequence.severity]} `;
  return `- ${sign}${escape(sentence(consequence.brief ?? consequence.message))}<br>${names(change, places)}`;
}

function driftEntry({ object, lines, held }: Drifted): string {
  const fields = lines
    .slice(0, MOST_FIELDS)
    .map(
      ({ path, expected, live, remark }) =>
        `  - ${code(name(path))}: ${code(expected)} → ${code(live)}, ${escape(remark)}`,
    );
  return [`- **${code(name(object))}**`, ...fields, ...held.map((line) => `  - ${escape(line)}`)].join('\n');
}

function names(change: Change, places: readonly string[], shown = formatId(change.id)): string {
  const { origin } = change;
  const called = (origin?.calledFrom ?? []).map((each) => code(name(each))).join(', ');
  const from = called === '' ? '' : `, called from ${called}`;
  const parts = [
    code(name(shown)),
    ...(origin?.source === undefined ? [] : [`${code(name(origin.source))}${from}`]),
  ];
  return [...parts, ...(places.length === 0 ? [] : [escape(places.map(name).join(', '))])].join(' · ');
}

function objectEntry({ value: change, places }: Merged<Change>): string {
  const structure =
    change.byStructure === true
      ? ' (compared by structure)'
      : change.assumed === undefined
        ? ''
        : ` (compared by the definition of ${escape(change.assumed)})`;
  const shown = shownFields(change);
  const fields = shown.fields.slice(0, MOST_FIELDS).map(fieldEntry);
  const rest = shown.fields.length - fields.length;
  const more = rest === 0 ? [] : [`  - … and ${counted(rest, 'more field')}`];
  const folded = shown.descriptions === 0 ? [] : [`  - schema descriptions changed: ${shown.descriptions}`];
  return [`- **${names(change, places, nameOf(change))}**${structure}`, ...fields, ...more, ...folded].join(
    '\n',
  );
}

function fieldEntry(field: ChangedField): string {
  const [before, after] = shownValues(field).map(code);
  return `  - ${code(name(field.path))}: ${before ?? ''} → ${after ?? ''}`;
}

/** One entry for many objects, so that others are seen between them. */
function relabelledEntry(relabelled: readonly Merged<Change>[]): string {
  const shown = relabelled.slice(0, MOST_FIELDS).map(({ value }) => code(name(nameOf(value))));
  const rest = relabelled.length - shown.length;
  const more = rest === 0 ? '' : ` and ${rest} more`;
  const labels = labelsOf(relabelled).slice(0, MOST_FIELDS).map(fieldEntry);
  const head = `- **${counted(relabelled.length, 'object')}, ${onlyIn(relabelled)}**: ${shown.join(', ')}${more}`;
  return [head, ...labels].join('\n');
}
