import type { ObjectId } from '../../manifest/manifest';
import { parseSource } from '../../manifest/source';
import type { Change } from '../../plan/change';
import { cut } from '../../text';
import { jsonText } from '../escape/json';
import { LONGEST_LISTING, LONGEST_MESSAGE } from '../escape/terminal';
import { effectCounts, isListed } from './effects';
import { hasDrift } from './drift';
import { fieldsOf, isRaised } from './fields';
import type { PlanPart, PlanPrinter } from './report';

/** Rises when a field goes away or changes its meaning; new fields may come at any time. */
const FORMAT_VERSION = 1;

/** For programs: stable, and described in docs/guide/plan.md. Unchanged objects are only counted. */
export const json: PlanPrinter = (plan) => {
  const { version, mode, apply, before, after, parts, refused, problems = [], live } = plan;
  const { none, ...changed } = effectCounts(parts);
  const changes = parts.flatMap((part) =>
    part.changes
      .filter(
        (change) =>
          isListed(change) || hasDrift(change) || isRaised(change) || change.consequences.length > 0,
      )
      .map((change) => entry(change, part)),
  );
  const report = {
    version: FORMAT_VERSION,
    seaworthy: version,
    mode,
    apply,
    before,
    after,
    live,
    summary: { ...changed, unchanged: none },
    refused,
    changes,
    ...(problems.length > 0 && {
      problems: problems.map((problem) => ({ ...problem, source: parseSource(problem.source) })),
    }),
  };
  return jsonText(report);
};

/** What a change does not have is left out. */
function entry(change: Change, { place }: PlanPart): object {
  return {
    place: place === '' ? undefined : place,
    object: plainId(change.id),
    effect: change.effect,
    byStructure: change.byStructure,
    assumed: change.assumed,
    recreated: change.recreated,
    kept: change.kept,
    notApplied: change.notApplied,
    replaces: change.replaces && plainId(change.replaces),
    replacedBy: change.replacedBy && plainId(change.replacedBy),
    fields: fieldsOf(change),
    drift: change.drift,
    conflicts: change.conflicts,
    reasons: change.reasons?.map(({ path, message, hint }) => ({
      path,
      message: bounded(message),
      hint: hint && bounded(hint),
    })),
    consequences: change.consequences.map(({ kind, severity, message, brief }) => ({
      kind,
      severity,
      message: brief === undefined ? bounded(message) : cut(message, LONGEST_LISTING),
    })),
    construct: change.origin?.construct,
    source: parseSource(change.origin?.source),
    calledFrom: change.origin?.calledFrom?.map(parseSource),
  };
}

function plainId({ apiVersion, kind, namespace, name }: ObjectId): object {
  return { apiVersion, kind, namespace, name };
}

function bounded(text: string): string {
  return cut(text, LONGEST_MESSAGE);
}
