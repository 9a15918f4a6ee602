import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'policy/single-replica',
  'warning',
  ['Deployment shop/web', 'spec.replicas', 'runs a single pod', 'Run two or more replicas.'],
  ({ failing, found }) => [
    ['the default is one', failing('  replicas: 1\n', ''), [found()]],
    ['none', failing('replicas: 1', 'replicas: 0'), []],
    ['no Service', failing('kind: Service', 'kind: Other'), []],
    ['another kind', failing('kind: Deployment', 'kind: ReplicaSet'), []],
  ],
);
