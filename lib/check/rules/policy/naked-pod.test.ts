import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'policy/naked-pod',
  'warning',
  [
    'Pod shop/web',
    '',
    'has no controller that replaces it when its node fails',
    'Use a Deployment with one replica.',
  ],
  ({ failing, found }) => [
    ['restartPolicy Always', failing('spec:', 'spec:\n  restartPolicy: Always'), [found()]],
    ['restartPolicy Never', failing('spec:', 'spec:\n  restartPolicy: Never'), []],
    ['restartPolicy OnFailure', failing('spec:', 'spec:\n  restartPolicy: OnFailure'), []],
    [
      'a pod with an owner',
      failing(
        'namespace: shop',
        'namespace: shop\n  ownerReferences: [{ apiVersion: apps/v1, kind: ReplicaSet, name: a, uid: b }]',
      ),
      [],
    ],
    ['no owners', failing('namespace: shop', 'namespace: shop\n  ownerReferences: []'), [found()]],
    ['a Helm hook', failing('namespace: shop', 'namespace: shop\n  annotations: { helm.sh/hook: test }'), []],
    [
      'a static pod',
      failing('namespace: shop', 'namespace: shop\n  annotations: { kubernetes.io/config.mirror: a }'),
      [],
    ],
    [
      'another annotation',
      failing('namespace: shop', 'namespace: shop\n  annotations: { acme.example/team: a }'),
      [found()],
    ],
  ],
);
