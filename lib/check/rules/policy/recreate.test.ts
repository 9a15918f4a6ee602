import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'policy/recreate',
  'warning',
  [
    'Deployment shop/web',
    'spec.strategy.type',
    'stops all of its pods before a new one starts (Recreate)',
    'Use RollingUpdate, or suppress this if two versions cannot run at the same time.',
  ],
  ({ failing }) => [
    ['no Service', failing('kind: Service', 'kind: Other'), []],
    ['another kind', failing('kind: Deployment', 'kind: ReplicaSet'), []],
    ['RollingUpdate in so many words', failing('Recreate', 'RollingUpdate'), []],
  ],
);
