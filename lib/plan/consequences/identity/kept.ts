import { hookOf } from '../../../kube/deployers/hooks';
import { forEachStep } from '../rule';
import { nameOf } from '../words';

export const kept = forEachStep({
  kind: 'identity',
  about: 'An object leaves the manifests and stays in the cluster, because a label or annotation says so.',
  effects: ['none'],
  look(step, _, report) {
    const { kept: setting, before } = step.change;
    if (setting === undefined || before === undefined) return;
    const isHook = hookOf(before.object.metadata)?.setting === setting;
    const why = isHook ? `hooks are not pruned (${setting})` : setting;
    report('info', `${nameOf(step)} is kept in the cluster and no longer managed: ${why}.`);
  },
});
