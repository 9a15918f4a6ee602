import type { Finding } from '../check/finding';
import { applySetId } from '../kube/applyset';
import { nextStatus } from '../operator/conditions';
import { decide } from '../operator/decide';
import { clusterAfter } from '../operator/in-memory';
import { render } from '../operator/render';
import type {
  Condition,
  ConditionType,
  CustomResource,
  DecideContext,
  Decision,
  Outcome,
  RenderContext,
  RenderProblem,
  ResourceDefinition,
  ResourceStatus,
} from '../operator/types';
import { ManifestSet } from '../manifest/set';
import { Manifests } from './manifests';
import type { ManifestSource } from './source';

/** What an operator finds, as data. */
export interface ReconcileOptions extends RenderContext {
  /** The time, as RFC 3339. @default '2026-01-01T00:00:00Z' */
  readonly clock?: string | Date;
  /** The objects of the cluster, such as those that an earlier `reconcile` left. @default none */
  readonly cluster?: ManifestSource;
}

/** What an operator makes of a resource. */
export interface Reconciled {
  /** What the resource renders, with the assertions of the test kit; none where it has a `problem`. */
  readonly manifests: Manifests;
  readonly findings: readonly Finding[];
  /** Why nothing is applied. */
  readonly problem?: RenderProblem;
  readonly decision: Decision;
  readonly status: ResourceStatus;
  /** The conditions of the status by their types. */
  readonly conditions: Readonly<Record<ConditionType, Condition>>;
  /** The objects of the cluster after that. Nobody makes pods in it: what is applied is ready at once. */
  readonly cluster: ManifestSet;
}

/**
 * Reconciles a resource in memory as an operator does in a cluster: renders it, checks it, decides what to do about what is
 * there, and does it. The same comes out each time.
 *
 * ```ts
 * const first = reconcile(webApp, resource);
 * first.manifests.hasResource('Deployment', { spec: { replicas: 2 } });
 * const second = reconcile(webApp, changed, { cluster: first.cluster });
 * expect(second.conditions.Stalled).toMatchObject({ status: 'True', reason: 'DataLoss' });
 * ```
 */
export function reconcile(
  definition: ResourceDefinition,
  resource: CustomResource,
  { clock = '2026-01-01T00:00:00Z', cluster = [], ...context }: ReconcileOptions = {},
): Reconciled {
  const live = Manifests.from(cluster).set;
  const rendered = render(definition, resource, context);
  const deciding: DecideContext = {
    applySet: applySetId(resourceId(definition, resource)),
    ...(context.profile !== undefined && { profile: context.profile }),
    ...(context.assume !== undefined && { assume: context.assume }),
  };
  const decision = decide(definition, resource, rendered, live, deciding);
  const status = nextStatus(resource, outcomeOf(decision, rendered.set?.size), new Date(clock));
  const { set = ManifestSet.from([]), findings, problem } = rendered;
  return {
    manifests: Manifests.from(problem === undefined ? set : ManifestSet.from([])),
    findings,
    ...(problem !== undefined && { problem }),
    decision,
    status,
    conditions: Object.fromEntries(
      (status.conditions ?? []).map((condition) => [condition.type, condition]),
    ) as Record<ConditionType, Condition>,
    cluster: clusterAfter(live, rendered, decision, deciding),
  };
}

/** What tells the objects of a resource from those of others. */
function resourceId(
  { scope }: ResourceDefinition,
  { apiVersion, kind, metadata }: CustomResource,
): Parameters<typeof applySetId>[0] {
  const { name = '', namespace = 'default' } = metadata;
  return { apiVersion, kind, name, ...(scope === 'Namespaced' && { namespace }) };
}

function outcomeOf({ action, reason, message }: Decision, objects: number | undefined): Outcome {
  const state = action === 'hold' ? 'stalled' : 'ready';
  return { state, reason, message, ...(objects !== undefined && action !== 'hold' && { objects }) };
}
