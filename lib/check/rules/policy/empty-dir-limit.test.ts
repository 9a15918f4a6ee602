import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('policy/empty-dir-limit', 'info', [
  'Pod shop/web',
  'spec.volumes[0].emptyDir.sizeLimit',
  'volume "data" has no size limit and may fill the disk of the node',
  'Set sizeLimit, or limits.ephemeral-storage on a container.',
]);
