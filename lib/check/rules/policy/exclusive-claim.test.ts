import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('policy/exclusive-claim', 'warning', [
  'Deployment shop/web',
  'spec.template.spec.volumes[0].persistentVolumeClaim.claimName',
  'the old and the new pod of a rollout share claim "data", which only one node can mount at a time',
  'Use strategy Recreate with one replica, a StatefulSet, or access mode ReadWriteMany.',
]);
