import type { PlanDifference } from '../../cluster/apply/types';
import type { ObjectId } from '../../manifest/manifest';
import { jsonText } from '../escape/json';
import { unfinishedJson } from '../unfinished';
import type { ApplyPrinter } from './report';

/** For programs: stable, and described in docs/guide/cluster.md. Fields of changes are those of `plan --live`. */
export const json: ApplyPrinter = ({ cluster, name, namespace, result }) => {
  const { outcome, plan, written, unchanged, pruned, failed, unsent, unready, differences, ...rest } = result;
  return jsonText({
    version: 1,
    cluster,
    name,
    namespace,
    outcome,
    written: written.map(({ id, how }) => ({ ...plain(id), how })),
    unchanged: unchanged.map(plain),
    pruned: pruned.map(plain),
    failed: failed.map(({ id, ...failure }) => ({ ...plain(id), ...failure })),
    unsent: unsent.map(plain),
    ...(unready !== undefined && {
      unready: unready.map(({ id, ...failure }) => ({ ...plain(id), ...failure })),
    }),
    ...(differences !== undefined && { differences: differences.map(differenceJson) }),
    ...rest,
    plan: {
      changes: plan.changes.map(({ id, effect }) => ({ ...plain(id), effect })),
      conflicts: plan.conflicts.map(({ id, ...conflict }) => ({ ...plain(id), ...conflict })),
      refusals: plan.refusals.map(({ id, ...refusal }) => ({ ...plain(id), ...refusal })),
      differences: plan.differences.map(differenceJson),
      warnings: plan.warnings.map(({ id, message }) => ({ ...plain(id), message })),
      untried: plan.untried.map(plain),
      alike: plan.alike.map(plain),
      prune: plan.prune.map(plain),
      guarded: plan.guarded.map(({ id, why }) => ({ ...plain(id), why })),
      kept: plan.kept.map(({ id, why }) => ({ ...plain(id), why })),
      ...(plan.unfinished !== undefined && { unfinished: unfinishedJson(plan.unfinished) }),
    },
  });
};

function differenceJson({ id, ...difference }: PlanDifference): object {
  return { ...plain(id), ...difference };
}

function plain({ apiVersion, kind, namespace, name }: ObjectId): ObjectId {
  return { apiVersion, kind, ...(namespace !== undefined && { namespace }), name };
}
