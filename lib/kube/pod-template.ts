import { groupOf } from './schema';
import { kindTable } from './schema/kind-table';

const USUAL = ['spec', 'template'];

/** By group and kind. */
const PATHS: ReadonlyMap<string, readonly string[]> = new Map([
  ['/Pod', []],
  ['/PodTemplate', ['template']],
  ['/ReplicationController', USUAL],
  ['apps/DaemonSet', USUAL],
  ['apps/Deployment', USUAL],
  ['apps/ReplicaSet', USUAL],
  ['apps/StatefulSet', USUAL],
  ['batch/Job', USUAL],
  ['batch/CronJob', ['spec', 'jobTemplate', ...USUAL]],
  ['keda.sh/ScaledJob', ['spec', 'jobTargetRef', 'template']],
]);

const BUILT_IN: ReadonlySet<string> = new Set([...kindTable.keys()].map(groupOf));

/**
 * Where an object of a kind keeps the template of its pods; `[]` for a Pod, which is its own, and nothing where there
 * is none. A custom resource may have one where a Deployment has it: Argo's Rollout, Knative's Service, OpenKruise's
 * CloneSet do.
 *
 * @param kind by group and kind: `apps/Deployment`
 */
export function podTemplatePath(kind: string): readonly string[] | undefined {
  const group = kind.slice(0, kind.indexOf('/'));
  return PATHS.get(kind) ?? (BUILT_IN.has(group) ? undefined : USUAL);
}
