import type { Unfinished, UnfinishedApp } from '../cluster/owned/unfinished';
import { formatId, type ObjectId } from '../manifest/manifest';
import { name, sentence } from './escape/terminal';

/** Objects of a list that are named; programs read all of them. */
const SHOWN = 10;

/** What a run that did not end has left, an object a line. */
export function unfinishedLines({ revision, created, undeleted, going }: Unfinished): string[] {
  const head =
    revision === undefined
      ? []
      : [`Revision ${revision} was not applied to its end: that run was interrupted, or still goes on.`];
  return [
    ...head,
    ...listed('  Created since it began:', created.map(title), '    '),
    ...listed('  Not yet deleted:', undeleted.map(title), '    '),
    ...listed(
      'Being deleted, and still there:',
      going.map(({ id, reason }) => `${title(id)}: ${sentence(reason)}`),
      '  ',
    ),
  ];
}

/** The same of several applications, each with its name. */
export function unfinishedAppsLines(apps: readonly UnfinishedApp[]): string[] {
  return apps.flatMap(({ application, ...left }) => [
    `Application ${name(application.namespace)}/${name(application.name)} is not finished: apply it again, or delete it.`,
    ...unfinishedLines(left).map((line) => `  ${line}`),
  ]);
}

/** What programs read of it. */
export function unfinishedJson({ revision, created, undeleted, going }: Unfinished): object {
  return {
    ...(revision !== undefined && { revision }),
    created,
    undeleted,
    going: going.map(({ id, reason }) => ({ ...id, reason })),
  };
}

function title(id: ObjectId): string {
  return name(formatId(id));
}

function listed(head: string, lines: readonly string[], indent: string): string[] {
  if (lines.length === 0) return [];
  const more = lines.length - SHOWN;
  const shown = lines.slice(0, SHOWN).map((line) => `${indent}${line}`);
  return [head, ...shown, ...(more > 0 ? [`${indent}and ${more} more`] : [])];
}
