import { hasKnownTemplate, podTemplatePath } from '../kube/pod-template-path';
import { groupOf } from '../kube/schema';
import { Field } from '../manifest/field';

/**
 * Kinds whose pods run to their end after the template that they started from. A Knative Revision never changes: its
 * Service makes another one.
 */
const RUN_TO_END: ReadonlySet<string> = new Set(['/Pod', '/PodTemplate', 'serving.knative.dev/Revision']);

/** The pod template of an object. */
export interface PodTemplate {
  /** The template, with `metadata` and `spec` below it; the whole object for a Pod. */
  readonly field: Field;
  /**
   * Whether a change of the template replaces the pods, as for a Deployment, a StatefulSet, a DaemonSet, an Argo
   * Rollout, a CloneSet or a Knative Service. The pods of a ReplicaSet are replaced one by one, as they end.
   */
  readonly replacesPods: boolean;
}

/**
 * The pod template of any object, a manifest or what the API server made of it; none where it has no containers. A
 * custom resource has one if it has it where a Deployment does: an Argo Rollout, a Knative Service, a CloneSet of
 * OpenKruise.
 */
export function podTemplateOf(object: unknown): PodTemplate | undefined {
  const root = Field.root(object);
  const kind = `${groupOf(root.child('apiVersion').text)}/${root.child('kind').text}`;
  const path = podTemplatePath(kind);
  if (path === undefined) return undefined;
  const field = root.at(...path);
  if (!Array.isArray(field.at('spec', 'containers').value)) return undefined;
  return { field, replacesPods: !RUN_TO_END.has(kind) && !kind.endsWith('Job') };
}

/** Kinds of others whose controllers run their template as it is. */
const AS_WRITTEN: ReadonlySet<string> = new Set([
  'apps.kruise.io/AdvancedCronJob',
  'apps.kruise.io/BroadcastJob',
  'apps.kruise.io/CloneSet',
  'apps.kruise.io/DaemonSet',
  'apps.kruise.io/StatefulSet',
  'argoproj.io/Rollout',
  'keda.sh/ScaledJob',
]);

/**
 * Whether pods run after the template as it is. The controllers of other custom resources may merge it with one of theirs.
 *
 * @param kind group and kind: `apps/Deployment`
 */
export function runsAsWritten(kind: string): boolean {
  return hasKnownTemplate(kind) ? kind !== '/PodTemplate' : AS_WRITTEN.has(kind);
}
