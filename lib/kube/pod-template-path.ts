import { groupOf } from './schema';
import { kindTable } from './schema/kind-table';

const USUAL = ['spec', 'template'];

/** Where built-in kinds and some others keep the template of their pods, by group and kind. */
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
  // Releases before 1.16 had these, and a file that still does has the pods that others select.
  ['extensions/DaemonSet', USUAL],
  ['extensions/Deployment', USUAL],
  ['extensions/ReplicaSet', USUAL],
  ['keda.sh/ScaledJob', ['spec', 'jobTargetRef', 'template']],
]);

const BUILT_IN: ReadonlySet<string> = new Set([...kindTable.keys()].map(groupOf));

/**
 * Where objects of a kind keep the template of their pods; `[]` for a Pod, which is its own.
 *
 * @param kind group and kind: `apps/Deployment`
 */
export function podTemplatePath(kind: string): readonly string[] | undefined {
  const group = kind.slice(0, kind.indexOf('/'));
  return PATHS.get(kind) ?? (BUILT_IN.has(group) ? undefined : USUAL);
}

/** Whether it is known of a kind that it has such a template, and where. */
export function hasKnownTemplate(kind: string): boolean {
  return PATHS.has(kind);
}
