import type { Unfinished } from '../../cluster/owned/unfinished';
import type { AppName } from '../../cluster/owned/record';
import type { Revision } from '../../cluster/revisions/revision';
import { EFFECTS, type Effect } from '../../plan/effects';
import { inert } from '../../text';
import { columnsOf, padded } from '../columns';
import { listed } from '../counts';
import { jsonText } from '../escape/json';
import { name } from '../escape/terminal';
import type { Format } from '../format';
import type { Paint } from '../paint';
import { unfinishedJson, unfinishedLines } from '../unfinished';

/** What `seaworthy history` prints. */
export interface HistoryReport {
  readonly cluster: { readonly context: string; readonly server: string; readonly version: string };
  readonly application: AppName;
  /** The newest first. */
  readonly revisions: readonly Revision[];
  /** What a run that did not end has left. @default nothing */
  readonly unfinished?: Unfinished;
}

export type HistoryPrinter = (report: HistoryReport, paint: Paint) => string;

const HEAD = ['REVISION', 'STATE', 'WHEN', 'BY', 'OBJECTS', 'CHANGES', 'FROM'];

const text: HistoryPrinter = ({ cluster, application, revisions, unfinished }, paint) => {
  const rows = revisions.map(({ revision, state, at, by = '', objects, changes, origin = '' }) => [
    String(revision),
    state === 'rolled-back' ? 'rolled back' : state,
    at,
    name(by),
    String(objects),
    listed(changesIn(changes)),
    name(origin),
  ]);
  const widths = HEAD.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => columnsOf(row[column] ?? ''))),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => padded(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  const title = `${name(cluster.context)}, application ${name(application.namespace)}/${name(application.name)}`;
  const left = unfinished === undefined ? [] : ['', ...unfinishedLines(unfinished)];
  return inert([paint.dim(title), '', paint.dim(line(HEAD)), ...rows.map(line), ...left, ''].join('\n'));
};

/** `2 created`, `1 rolled out`; what is unchanged is no change. */
function changesIn(changes: Readonly<Record<string, number>>): string[] {
  return Object.entries(changes).flatMap(([effect, count]) =>
    effect === 'none' ? [] : [`${count} ${effectInWords(effect)}`],
  );
}

/** A later version may have kept effects that this one does not know. */
function effectInWords(effect: string): string {
  return Object.hasOwn(EFFECTS, effect) ? EFFECTS[effect as Effect] : name(effect);
}

const json: HistoryPrinter = ({ cluster, application, revisions, unfinished }) =>
  jsonText({
    cluster,
    ...application,
    revisions,
    ...(unfinished !== undefined && { unfinished: unfinishedJson(unfinished) }),
  });

/** Every format of `seaworthy history`, the default one first. */
export const HISTORY_FORMATS: readonly [Format<HistoryPrinter>, ...Format<HistoryPrinter>[]] = [
  { name: 'text', about: 'people: a line a revision', print: text },
  { name: 'json', about: 'programs, with stable field names', print: json },
];
