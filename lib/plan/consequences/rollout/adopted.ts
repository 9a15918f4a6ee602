import { recordIn } from '../../../apiserver/defaults/plain';
import type { Cluster } from '../../../graph/cluster';
import { replicasOf } from '../../../graph/replicas';
import { rolloutAt, rolloutOf, type StagedRollout } from '../../../graph/rollouts';
import { worldOf } from '../../../graph/references';
import { formatId, type Manifest } from '../../../manifest/manifest';
import { forEachStep } from '../rule';
import { nameOf, numberIn } from '../words';

export const adopted = forEachStep({
  kind: 'rollout',
  about: 'Argo Rollouts or Flagger takes over a workload that runs already: what happens to its pods.',
  effects: ['created'],
  objects: ['argoproj.io/Rollout', 'flagger.app/Canary'],
  look(step, { before, after }, report) {
    const { change } = step;
    const rollout = change.after && rolloutAt(after, change.after);
    const was = rollout && predecessor(before, rollout.workload);
    if (rollout === undefined || was === undefined || rolloutOf(before, was) !== undefined) return;
    // The change of its number is told, and what to do about it.
    if (rollout.by === 'argo' && numberOf(rollout.workload) < numberOf(was)) return;
    // Without pods, nothing is taken over.
    if (replicasOf(before, was)?.max === 0) return;
    const [severity, message] = told(rollout, nameOf(step));
    report(severity, message);
  },
});

function predecessor(before: Cluster, { id: { kind, name }, object }: Manifest): Manifest | undefined {
  const namespace = object.metadata.namespace ?? 'default';
  return worldOf(before).find({ group: 'apps', kind, namespace, name })?.manifest;
}

function numberOf({ object }: Manifest): number {
  return numberIn(recordIn(object, 'spec') ?? {}, 'replicas', 1);
}

/**
 * Sources: `workloadRef.scaleDown` of argoproj.io/v1alpha1; Initialize of flagger `pkg/canary/deployment_controller.go`, which
 * scales the target to zero when its copy is ready.
 */
function told({ by, root, workload }: StagedRollout, name: string): readonly ['info' | 'warning', string] {
  const pods = `the pods of ${formatId(workload.id)}`;
  if (by === 'flagger')
    return ['info', `${name} starts a copy of ${pods}, and stops them when the copy is ready.`];
  const scaleDown = root.at('spec', 'workloadRef', 'scaleDown').text;
  if (scaleDown === 'onsuccess')
    return [
      'info',
      `${name} starts pods of its own beside ${pods}, and stops those when its own are healthy.`,
    ];
  if (scaleDown === 'progressively')
    return ['info', `${name} starts pods of its own, and stops ${pods} as they become available.`];
  return [
    'warning',
    `${name} starts pods of its own beside ${pods}, which stay: set its replicas to 0 when those of ${name} are healthy, or workloadRef.scaleDown to onsuccess.`,
  ];
}
