import type { ApplyOutcome, ApplyResult, FailedObject, RefusedObject } from '../../cluster/apply/types';
import { formatId, identityKey, type ObjectId } from '../../manifest/manifest';
import { inert } from '../../text';
import { counted } from '../counts';
import { name, sentence } from '../escape/terminal';
import type { Paint } from '../paint';
import type { ApplyPrinter } from './report';

/** For people: what stands in the way comes first, what was done last. */
export const text: ApplyPrinter = (report, paint) => {
  const { cluster, result } = report;
  const blocks = [
    ...result.failed.map((each) => failureText(each, paint)),
    ...restoredText(result, paint),
    ...(result.outcome === 'refused' ? obstacles(result, paint) : []),
    ...differencesText(result),
  ];
  const app = report.name === '' ? '' : `${name(report.name)} in `;
  const place = `${name(cluster.context)}, ${app}namespace ${name(report.namespace)}`;
  const colour = result.outcome === 'applied' ? paint.green : paint.red;
  const end = [colour(headline(result)), paint.dim(`${place}: ${summary(result)}`)].join('\n');
  return inert(`${[...blocks, end].join('\n\n')}\n`);
};

const title = (id: ObjectId): string => name(formatId(id));

function failureText({ id, reason, lines }: FailedObject, paint: Paint): string {
  const first = `${paint.bold(title(id))}: ${paint.red(sentence(reason))}`;
  return [first, ...lines.map((line) => `  ${sentence(line)}`)].join('\n');
}

/** What was brought back, and is not ready. */
function restoredText({ unready = [] }: ApplyResult, paint: Paint): string[] {
  if (unready.length === 0) return [];
  return ['After the rollback, this is not ready:', ...unready.map((each) => failureText(each, paint))];
}

/** Why nothing was written. */
function obstacles({ plan, outdated = [] }: ApplyResult, paint: Paint): string[] {
  const conflicts = plan.conflicts.map(({ id, path, manager, since }) => {
    const when = since === undefined ? '' : `, since ${name(since)}`;
    return `${paint.bold(title(id))}: ${paint.red(`${name(path)} is held by ${name(manager)}${when}`)}`;
  });
  const own = plan.conflicts.map(({ id, path }) => `${id.kind}/${id.name}:${path}`);
  const hint = `  --take-ownership takes fields over, such as ${name(own[0] ?? '')}.`;
  return [
    ...plan.refusals.map((each) => refusalText(each, paint)),
    ...(conflicts.length === 0 ? [] : [[...conflicts, hint].join('\n')]),
    ...(outdated.length === 0
      ? []
      : [
          ['The reviewed plan no longer holds:', ...outdated.map((line) => `  ${sentence(line)}`)].join('\n'),
        ]),
  ];
}

function refusalText({ id, message, hint }: RefusedObject, paint: Paint): string {
  const first = `${paint.bold(title(id))}: ${paint.red(sentence(message))}`;
  return hint === undefined ? first : `${first}\n  ${sentence(hint)}`;
}

function differencesText({ plan, differences = [] }: ApplyResult): string[] {
  const lines = [...plan.differences, ...differences].map(({ id, path }) => `  ${title(id)}: ${name(path)}`);
  if (lines.length === 0) return [];
  return [
    [`The server came to other values than the plan, which is a bug of Seaworthy:`, ...lines].join('\n'),
  ];
}

const HEADLINES: Readonly<Record<ApplyOutcome, string>> = {
  applied: 'Applied.',
  declined: 'Nothing was applied: it was not confirmed.',
  refused: 'Nothing was applied.',
  failed: 'Not applied: see above.',
  interrupted: 'Interrupted: apply again to go on from here.',
};

function headline({ outcome, rolledBack, unready, written, unsent }: ApplyResult): string {
  if (outcome !== 'failed') return HEADLINES[outcome];
  if (rolledBack === true && unready !== undefined && unready.length > 0)
    return `Failed, and rolled back to what was there before, of which ${counted(unready.length, 'object')} ${unready.length === 1 ? 'is' : 'are'} not ready: see above.`;
  if (rolledBack === true) return 'Failed, and rolled back to what was there before.';
  if (rolledBack === false) return 'Failed, and could not be rolled back: see above.';
  const all = `${counted(written.length, 'object')} written`;
  return unsent.length === 0 ? `Failed: ${all}.` : `Failed: ${all}, ${unsent.length} not sent.`;
}

/** `2 created, 1 updated, 14 unchanged, 1 not ready; revision 4` */
function summary({
  outcome,
  plan,
  written,
  unchanged,
  pruned,
  failed,
  unsent,
  revision,
}: ApplyResult): string {
  const count = (how: string): number => written.filter((each) => each.how === how).length;
  const stored = new Set([...written.map(({ id }) => id), ...unchanged].map(identityKey));
  const unready = failed.filter(({ id }) => stored.has(identityKey(id))).length;
  const isRefused = outcome === 'refused';
  const parts: readonly (readonly [number, string])[] = [
    [count('created'), 'created'],
    [count('updated'), 'updated'],
    [count('recreated'), 'recreated'],
    [unchanged.length, 'unchanged'],
    [pruned.length, 'deleted'],
    [plan.guarded.length + plan.kept.length, 'kept'],
    [unready, 'not ready'],
    [failed.length - unready + (isRefused ? plan.refusals.length : 0), 'refused'],
    [isRefused ? plan.conflicts.length : 0, 'in conflict'],
    [unsent.length, 'not sent'],
  ];
  const told = parts.flatMap(([number, word]) => (number === 0 ? [] : [`${number} ${word}`])).join(', ');
  return `${told || 'no objects'}${revision === undefined ? '' : `; revision ${revision}`}`;
}
