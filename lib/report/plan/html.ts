import { formatId, identityKey, type Manifest } from '../../manifest/manifest';
import { METHOD_WORDS } from '../../plan/apply-methods';
import type { Change, ChangedField } from '../../plan/change';
import { EFFECTS } from '../../plan/effects';
import { counted } from '../counts';
import { pageText } from '../escape/html';
import { advice, name, sentence } from '../escape/terminal';
import { card, folded, inline, list, mark, table } from '../html/elements';
import { graphFigure } from '../html/graph';
import { IndexOfObjects, type ShownObject } from '../html/index-of-objects';
import { objectCards, placesOf, type ObjectsOfPlace } from '../html/objects';
import { objectsTab, page, type Tab, type Tone } from '../html/page';
import { alteredGroups, labelsOf, nameOf, onlyIn, type AlteredGroup } from './altered';
import { consequenceGroups, type Following, type Group } from './consequences';
import { driftedObjects } from './drift';
import { countsInWords, isQuiet, unchangedInWords } from './effects';
import { shownFields } from './fields';
import type { Merged } from './merge';
import type { PlanPart, PlanPrinter, PlanReport } from './report';
import { shownValues } from './values';

/** A page for people: consequences worst first, each object that changes with its fields, and every object. */
export const html: PlanPrinter = (report) => {
  const index = new IndexOfObjects(shownInPlan(report));
  const { verdict, tone, about, tabs } = planChapter(report, index);
  const cards = objectCards(report.parts.map(objectsOf), index);
  return page({
    command: 'plan',
    verdict,
    tone,
    about,
    version: report.version,
    tabs: [...tabs, objectsTab(cards)],
  });
};

/** What a page has of a plan. */
export interface PlanChapter {
  /** `1 rolled out, 2 created` */
  readonly verdict: string;
  readonly tone: Tone;
  /** What was compared. */
  readonly about: string;
  readonly tabs: readonly [Tab, ...Tab[]];
}

export function planChapter(report: PlanReport, index: IndexOfObjects): PlanChapter {
  const groups = consequenceGroups(report.parts);
  const altered = alteredGroups(report);
  const drifted = drift(report);
  return {
    verdict: verdictOf(report),
    tone: toneOf(report, groups),
    about: aboutOf(report),
    tabs: [
      {
        id: 'plan',
        title: 'Plan',
        count: groups.reduce((sum, { found }) => sum + found.length, 0),
        isSearched: true,
        body: [
          problems(report),
          ...(groups.length === 0 ? ['<p>Nothing follows from it.</p>'] : []),
          ...groups.map((group) => consequences(group, index)),
          ...graphs(report, index),
        ].join('\n'),
      },
      {
        id: 'changes',
        title: 'Changes',
        count: altered.reduce((sum, { found, relabelled }) => sum + found.length + relabelled.length, 0),
        isSearched: true,
        body: altered.flatMap((group) => changeCards(group, index)).join('\n') || '<p>No object changes.</p>',
      },
      ...(drifted === undefined ? [] : [drifted]),
    ],
  };
}

/** What the change of each cluster touches, as a graph. */
function graphs({ parts }: PlanReport, index: IndexOfObjects): string[] {
  return parts.flatMap(({ blast, place }, number) => {
    const drawing = blast?.();
    if (drawing === undefined || drawing.nodes.length === 0) return [];
    const title = 'What changes, and what depends on it';
    return [graphFigure({ drawing, place, key: `p${number}`, title }, index)];
  });
}

/** The objects of a plan: as they will be, and of those that go as they were. */
export function shownInPlan({ parts }: PlanReport): ShownObject[] {
  return parts.flatMap(({ place, changes }) => changes.map(({ id }) => ({ id, place })));
}

function objectsOf({ place, changes }: PlanPart): ObjectsOfPlace {
  const effects = new Map(changes.map(({ id, effect }) => [identityKey(id), effect]));
  const effectOf = ({ id }: Manifest): Change['effect'] => effects.get(identityKey(id)) ?? 'none';
  return {
    place,
    manifests: changes.flatMap(({ after, before }) => after ?? before ?? []),
    effectOf,
    markOf: (manifest) => effectMark(effectOf(manifest)),
  };
}

/** A mark for what becomes of an object; none for what stays. */
export function effectMark(effect: Change['effect']): string {
  return effect === 'none' ? '' : mark(EFFECTS[effect], CLASSES[effect]);
}

function verdictOf(report: PlanReport): string {
  const { parts, mode, refused } = report;
  if (mode === 'difference')
    return `${name(report.before.name)} and ${name(report.after.name)}: ${name(countsInWords(report))}`;
  if (isQuiet(parts)) return `Nothing changes in ${unchangedInWords(parts)}`;
  return `${countsInWords(report)}${refused.length > 0 ? `; failed: ${refused.join(', ')}` : ''}`;
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

function consequences({ title, found }: Group, index: IndexOfObjects): string {
  const cards = found.map((each) => consequenceCard(each, index));
  return [`<h3>${pageText(title)}</h3>`, ...cards].join('\n');
}

function consequenceCard(
  { value: { consequence, change }, places }: Merged<Following>,
  index: IndexOfObjects,
): string {
  const { severity, message, brief } = consequence;
  const whole = brief === undefined ? '' : folded('The whole list', `<p>${pageText(sentence(message))}</p>`);
  return card(
    [
      `<p>${mark(severity, severity)} ${pageText(sentence(brief ?? message))}</p>`,
      whole,
      `<p class="soft">${[index.link(change.id, places), ...factsOf(change, places)].join(' · ')}</p>`,
    ].join(''),
    { data: { kind: change.id.kind, namespace: change.id.namespace, severity } },
  );
}

/** Where an object is from, and the environments. */
function factsOf({ origin }: Change, places: readonly string[]): string[] {
  return [...placesOf(origin), ...places.map((place) => pageText(name(place)))];
}

function changeCards({ word, found, relabelled }: AlteredGroup, index: IndexOfObjects): string[] {
  const cards = found.map((each) => changeCard(word, each, index));
  if (relabelled.length === 0) return cards;
  const names = relabelled.map(({ value }) => inline(name(nameOf(value))));
  const title = `${counted(relabelled.length, 'object')}, ${onlyIn(relabelled)}`;
  return [
    ...cards,
    card(`<h3>${pageText(title)}</h3>${fieldTable(title, labelsOf(relabelled))}${list(names)}`),
  ];
}

function changeCard(word: string, { value: change, places }: Merged<Change>, index: IndexOfObjects): string {
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
      `<h3>${titleOf(change, places, index)} ${mark(name(word), CLASSES[effect])}</h3>`,
      `<p class="soft">${factsOf(change, places).join(' · ')}</p>`,
      list(refused),
      fieldTable(`Fields of ${formatId(id)}`, fields),
      descriptions === 0 ? '' : `<p class="soft">Schema descriptions changed: ${descriptions}.</p>`,
      by === '' ? '' : `<p class="soft">${pageText(by)}</p>`,
    ].join(''),
    { data: { kind: id.kind, namespace: id.namespace } },
  );
}

function titleOf(change: Change, places: readonly string[], index: IndexOfObjects): string {
  return change.replaces === undefined ? index.link(change.id, places) : inline(name(nameOf(change)));
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
