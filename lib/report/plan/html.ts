import { formatId } from '../../manifest/manifest';
import { METHOD_WORDS } from '../../plan/apply-methods';
import type { Change, ChangedField } from '../../plan/change';
import { counted } from '../counts';
import { pageText } from '../escape/html';
import { advice, name, sentence } from '../escape/terminal';
import { card, folded, inline, list, mark, table } from '../html/elements';
import { page, type Tab, type Tone } from '../html/page';
import { alteredGroups, labelsOf, nameOf, onlyIn, type AlteredGroup } from './altered';
import { consequenceGroups, type Following, type Group } from './consequences';
import { driftedObjects } from './drift';
import { countsInWords, isQuiet, unchangedInWords } from './effects';
import { shownFields } from './fields';
import type { Merged } from './merge';
import type { PlanPrinter, PlanReport } from './report';
import { shownValues } from './values';

/** A page for people: consequences worst first, and each object that changes with its fields. */
export const html: PlanPrinter = (report) => {
  const groups = consequenceGroups(report.parts);
  const altered = alteredGroups(report);
  const drifted = drift(report);
  return page({
    command: 'plan',
    verdict: verdictOf(report),
    tone: toneOf(report, groups),
    about: aboutOf(report),
    version: report.version,
    tabs: [
      {
        id: 'plan',
        title: 'Plan',
        count: groups.reduce((sum, { found }) => sum + found.length, 0),
        isSearched: true,
        body: [problems(report), ...groups.map(consequences)].join('\n') || '<p>Nothing follows from it.</p>',
      },
      {
        id: 'changes',
        title: 'Changes',
        count: altered.reduce((sum, { found, relabelled }) => sum + found.length + relabelled.length, 0),
        isSearched: true,
        body: altered.flatMap(changeCards).join('\n') || '<p>No object changes.</p>',
      },
      ...(drifted === undefined ? [] : [drifted]),
    ],
  });
};

function verdictOf(report: PlanReport): string {
  const { parts, mode, refused } = report;
  if (mode === 'difference')
    return `${name(report.before.name)} and ${name(report.after.name)}: ${name(countsInWords(report))}`;
  if (isQuiet(parts)) return `Nothing changes in ${unchangedInWords(parts)}`;
  return `${countsInWords(report)}${refused.length > 0 ? `; failed: ${refused.join(', ')} (--fail-on)` : ''}`;
}

function toneOf({ refused, problems: broken = [] }: PlanReport, [worst]: readonly Group[]): Tone {
  if (refused.length > 0 || broken.length > 0) return 'bad';
  return worst === undefined || worst.worst === 'info' ? 'good' : 'warning';
}

function aboutOf({ before, after, parts, mode, apply, live }: PlanReport): string {
  const places = parts.map(({ place }) => place).filter((place) => place !== '');
  const where = places.length === 0 ? '' : `, in ${places.join(', ')}`;
  const by = live === undefined ? '' : ` as ${live.manager}`;
  return name(
    `${before.name} → ${after.name}${where}${mode === 'change' ? `, ${METHOD_WORDS[apply]}${by}` : ''}`,
  );
}

/** Says that the plan is not whole. */
function problems({ problems: broken = [] }: PlanReport): string {
  if (broken.length === 0) return '';
  const said = broken.map(
    ({ source, place, message }) => `${inline(name(source ?? place ?? ''))}: ${pageText(sentence(message))}`,
  );
  return `<h3>${counted(broken.length, 'document')} cannot be read, and not planned</h3>${list(said)}`;
}

function consequences({ title, found }: Group): string {
  return [`<h3>${pageText(title)}</h3>`, ...found.map(consequenceCard)].join('\n');
}

function consequenceCard({ value: { consequence, change }, places }: Merged<Following>): string {
  const { severity, message, brief } = consequence;
  const whole = brief === undefined ? '' : folded('The whole list', `<p>${pageText(sentence(message))}</p>`);
  return card(
    [
      `<p>${mark(severity, severity)} ${pageText(sentence(brief ?? message))}</p>`,
      whole,
      `<p class="soft">${inline(name(formatId(change.id)))}${placesOf(change, places)}</p>`,
    ].join(''),
    { data: { kind: change.id.kind, namespace: change.id.namespace, severity } },
  );
}

/** The line and those that called it, the construct, and the environments. */
function placesOf({ origin }: Change, places: readonly string[]): string {
  const called = (origin?.calledFrom ?? []).map((each) => inline(name(each))).join(', ');
  const facts = [
    ...(origin?.source === undefined ? [] : [inline(name(origin.source))]),
    ...(called === '' ? [] : [`called from ${called}`]),
    ...(origin?.construct === undefined ? [] : [`construct ${inline(name(origin.construct))}`]),
    ...places.map((place) => pageText(name(place))),
  ];
  return facts.map((fact) => ` · ${fact}`).join('');
}

function changeCards({ word, found, relabelled }: AlteredGroup): string[] {
  const cards = found.map((each) => changeCard(word, each));
  if (relabelled.length === 0) return cards;
  const names = relabelled.map(({ value }) => inline(name(nameOf(value))));
  const title = `${counted(relabelled.length, 'object')}, ${onlyIn(relabelled)}`;
  return [
    ...cards,
    card(`<h3>${pageText(title)}</h3>${fieldTable(title, labelsOf(relabelled))}${list(names)}`),
  ];
}

function changeCard(word: string, { value: change, places }: Merged<Change>): string {
  const { id, effect, reasons = [], byStructure, assumed } = change;
  const { fields, descriptions } = shownFields(change);
  const refused = reasons.map(({ path, message, hint }) => {
    const field = path === '' ? '' : `${inline(name(path))}: `;
    return `${field}${pageText(sentence(message))}${hint === undefined ? '' : `<br>${pageText(advice(hint, ''))}`}`;
  });
  const by =
    byStructure === true
      ? 'Compared by structure.'
      : assumed === undefined
        ? ''
        : `Compared by the definition of ${assumed}.`;
  return card(
    [
      `<h3>${inline(name(nameOf(change)))} ${mark(name(word), CLASSES[effect])}</h3>`,
      `<p class="soft">${placesOf(change, places).replace(' · ', '')}</p>`,
      list(refused),
      fieldTable(`Fields of ${formatId(id)}`, fields),
      descriptions === 0 ? '' : `<p class="soft">Schema descriptions changed: ${descriptions}.</p>`,
      by === '' ? '' : `<p class="soft">${pageText(by)}</p>`,
    ].join(''),
    { data: { kind: id.kind, namespace: id.namespace } },
  );
}

/** The colour of an effect. */
const CLASSES: Readonly<Record<Change['effect'], string>> = {
  rejected: 'rejected',
  deleted: 'deleted',
  'pods-replaced': 'replaced',
  updated: 'updated',
  created: 'created',
  none: 'none',
};

function fieldTable(label: string, fields: readonly ChangedField[]): string {
  if (fields.length === 0) return '';
  const rows = fields.map((field) => [inline(name(field.path)), ...shownValues(field).map(inline)]);
  return table(label, ['field', 'before', 'after'], rows);
}

/** What somebody else changed in the cluster. */
function drift({ parts }: PlanReport): Tab | undefined {
  const drifted = driftedObjects(parts);
  if (drifted.length === 0) return undefined;
  const cards = drifted.map(({ object, lines, held }) => {
    const rows = lines.map(({ path, expected, live, remark }) => [
      inline(name(path)),
      inline(expected),
      inline(live),
      pageText(remark),
    ]);
    const fields =
      rows.length === 0
        ? ''
        : table(`Drift of ${object}`, ['field', 'expected', 'in the cluster', 'remark'], rows);
    return card(`<h3>${inline(name(object))}</h3>${fields}${list(held.map(pageText))}`);
  });
  return { id: 'drift', title: 'Drift', count: cards.length, isSearched: true, body: cards.join('\n') };
}
