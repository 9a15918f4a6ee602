import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'policy/liveness-probe',
  'info',
  [
    'Deployment shop/web',
    'spec.template.spec.containers[0].livenessProbe',
    'container "web" has no livenessProbe',
    'Add a livenessProbe that depends only on the container itself.',
  ],
  ({ failing, passing, found }) => [
    [
      'StatefulSets',
      failing('kind: Deployment', 'kind: StatefulSet'),
      [found(undefined, undefined, undefined, 'StatefulSet shop/web')],
    ],
    [
      'DaemonSets',
      failing('kind: Deployment', 'kind: DaemonSet'),
      [found(undefined, undefined, undefined, 'DaemonSet shop/web')],
    ],
    ['ReplicaSets', failing('kind: Deployment', 'kind: ReplicaSet'), []],
    [
      'init containers end',
      passing(
        '      containers:',
        '      initContainers: [{ name: init, image: acme/web:1.4.2 }]\n      containers:',
      ),
      [],
    ],
    [
      'sidecars run on',
      passing(
        '      containers:',
        '      initContainers: [{ name: side, image: acme/web:1.4.2, restartPolicy: Always }]\n      containers:',
      ),
      [found('spec.template.spec.initContainers[0].livenessProbe', 'container "side" has no livenessProbe')],
    ],
    [
      'null is not set',
      passing('livenessProbe:\n            httpGet: { path: /healthz, port: 8080 }', 'livenessProbe: null'),
      [found()],
    ],
  ],
);
