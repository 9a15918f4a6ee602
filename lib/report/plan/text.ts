import { withCallers } from '../../errors';
import { inert } from '../../text';
import { formatId } from '../../manifest/manifest';
import { METHOD_WORDS } from '../../plan/apply-methods';
import type { Change, ChangedField } from '../../plan/change';
import { counted, listed } from '../counts';
import { listing, name, sentence } from '../escape/terminal';
import type { Paint } from '../paint';
import { colour } from '../severity';
import { alteredGroups, labelsOf, nameOf, onlyIn } from './altered';
import { consequenceGroups, type Following } from './consequences';
import { driftedObjects, ownFields, type Drifted } from './drift';
import { countsInWords, isQuiet, unchangedInWords } from './effects';
import { fieldsOf, shownFields } from './fields';
import type { Merged } from './merge';
import type { PlanPrinter, PlanReport } from './report';
import { shownValues } from './values';

/** How much is shown without --full: consequences of one kind, objects of one effect, fields of one object. */
const MOST = { consequences: 20, objects: 20, fields: 8, names: 5 };

/** For people: what follows, the worst first; then the objects with their fields; the counts at the end. */
export const text: PlanPrinter = (report, paint) => {
  const lines = [paint.dim(`${name(report.before.name)} → ${name(report.after.name)}${way(report)}`), ''];
  for (const { title, found } of consequenceGroups(report.parts)) {
    lines.push(paint.bold(title));
    lines.push(
      ...folded(found, MOST.consequences, report, 'consequence', (each) =>
        consequenceLines(each, report, paint),
      ),
      '',
    );
  }
  const drifted = driftedObjects(report.parts);
  if (drifted.length > 0)
    lines.push(
      paint.bold('Drift: what somebody else changed in the cluster'),
      ...folded(drifted, MOST.objects, report, 'object', (each) => driftLines(each, paint)),
      '',
    );
  for (const { word, found, relabelled } of alteredGroups(report)) {
    lines.push(paint.bold(`Objects: ${name(word)}`));
    lines.push(...folded(found, MOST.objects, report, 'object', (each) => object(each, report, paint)));
    if (relabelled.length > 0) lines.push(...relabelledLines(relabelled, report, paint));
    lines.push('');
  }
  return inert(`${[...lines, ...summary(report, paint)].join('\n')}\n`);
};

/** How the objects are applied, which two environments are not. */
function way({ mode, apply, live }: PlanReport): string {
  const by = live === undefined ? '' : ` as ${name(live.manager)}`;
  return mode === 'change' ? `, ${METHOD_WORDS[apply]}${by}` : '';
}

/** The lines of the first `most` items, and how many there are beyond. */
function folded<T>(
  items: readonly T[],
  most: number,
  { full }: PlanReport,
  noun: string,
  linesOf: (item: T) => readonly string[],
): string[] {
  // One line that says "1 more" takes as much room as the one.
  const isShort = full || items.length <= most + 1;
  const shown = isShort ? items : items.slice(0, most);
  const lines = shown.flatMap(linesOf);
  return isShort ? lines : [...lines, `  … and ${counted(items.length - most, `more ${noun}`)}: --full`];
}

/** Where the lines below a sentence begin: behind `warning`. */
const INDENT = ' '.repeat(11);

function consequenceLines(
  { value: { consequence, change }, places }: Merged<Following>,
  { full }: PlanReport,
  paint: Paint,
): string[] {
  const { severity, message, brief } = consequence;
  const said = full && brief !== undefined ? listing(message) : sentence(brief ?? message);
  const word = paint.bold(colour(severity, paint)(severity.padEnd(7)));
  const where = [name(formatId(change.id)), ...locationOf(change, places)].join(', ');
  return [`  ${word}  ${said}`, `${INDENT}${paint.dim(where)}`];
}

/** `apps/shop/shop.ts:42`, `in staging and production` */
function locationOf({ origin }: Change, places: readonly string[]): string[] {
  const where = places.length === 0 ? [] : [`in ${listed(places.map(name))}`];
  return origin?.source === undefined ? where : [name(withCallers(origin)), ...where];
}

function object({ value: change, places }: Merged<Change>, report: PlanReport, paint: Paint): string[] {
  const where = locationOf(change, places).join(', ');
  const lines = [`  ${name(nameOf(change))}${where === '' ? '' : paint.dim(`  ${where}`)}`];
  if (change.byStructure === true) {
    const { apiVersion, kind } = change.id;
    const what = `${name(kind)} of ${name(apiVersion)}`;
    const why =
      change.fitsNoRelease === true
        ? `no release that is known or in the profile takes each ${what} here`
        : `nothing is known of ${what}`;
    lines.push(paint.dim(`    compared by structure: ${why}`));
  }
  if (change.assumed !== undefined)
    lines.push(paint.dim(`    compared by the definition of ${name(change.assumed)}`));
  const { fields, descriptions } = report.full
    ? { fields: ownFields(fieldsOf(change), change), descriptions: 0 }
    : shownFields(change);
  const told = folded(fields, MOST.fields, report, 'field', (each) => [field(each, paint)]);
  if (descriptions > 0) told.push(`  schema descriptions changed: ${descriptions}`);
  return [...lines, ...told.map((line) => `  ${line}`), ...reasons(change, paint)];
}

/** One line for many objects, so that others are seen between them. */
function relabelledLines(relabelled: readonly Merged<Change>[], report: PlanReport, paint: Paint): string[] {
  const names = relabelled.slice(0, MOST.names).map(({ value }) => name(nameOf(value)));
  const rest = relabelled.length - names.length;
  const all = rest > 0 ? `${names.join(', ')} and ${rest} more: --full` : listed(names);
  const labels = folded(labelsOf(relabelled), MOST.fields, report, 'label', (each) => [field(each, paint)]);
  return [
    `  ${counted(relabelled.length, 'object')}, ${onlyIn(relabelled)}: ${all}`,
    ...labels.map((line) => `  ${line}`),
  ];
}

function driftLines({ object, lines, held }: Drifted, paint: Paint): string[] {
  return [
    `  ${object}`,
    ...lines.map(
      ({ path, expected, live, remark }) =>
        `    ${paint.cyan(name(path))}: ${paint.green(expected)} → ${paint.red(live)}, ${remark}`,
    ),
    ...held.map((line) => `    ${line}`),
  ];
}

function field(changed: ChangedField, paint: Paint): string {
  const [before, after] = shownValues(changed);
  return `  ${paint.cyan(name(changed.path))}: ${paint.red(before)} → ${paint.green(after)}`;
}

/** The consequence has the first reason. */
function reasons({ reasons = [] }: Change, paint: Paint): string[] {
  if (reasons.length < 2) return [];
  return reasons.map(({ path, message }) => `    rejected: ${paint.cyan(name(path))}: ${sentence(message)}`);
}

function summary(report: PlanReport, paint: Paint): string[] {
  const counts = name(countsInWords(report));
  if (isQuiet(report.parts)) {
    const words = `nothing changes: ${unchangedInWords(report.parts)}`;
    return [paint.green(report.mode === 'change' ? words : counts)];
  }
  const { refused } = report;
  if (refused.length === 0) return [paint.bold(counts)];
  return [paint.bold(counts), paint.bold(paint.red(`failed: ${refused.join(', ')} (--fail-on)`))];
}
