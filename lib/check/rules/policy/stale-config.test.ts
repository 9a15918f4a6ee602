import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'policy/stale-config',
  'warning',
  [
    'Deployment shop/web',
    'spec.template.spec.containers[0].envFrom[0].configMapRef.name',
    'reads ConfigMap "settings" as environment variables, so its changes do not reach running pods',
    'Add its checksum to an annotation of the pod template, or to its name and make it immutable.',
  ],
  ({ failing, passing, found }) => [
    ['immutable: false', passing('immutable: true', 'immutable: false'), [found()]],
    [
      'a variable',
      failing(
        'envFrom:\n            - configMapRef: { name: settings }',
        'env:\n            - name: A\n              valueFrom: { configMapKeyRef: { name: settings, key: LEVEL } }',
      ),
      [found('spec.template.spec.containers[0].env[0].valueFrom.configMapKeyRef.name')],
    ],
    [
      'once a ConfigMap, where it is read first',
      failing(
        'envFrom:',
        'env:\n            - name: A\n              valueFrom: { configMapKeyRef: { name: settings, key: LEVEL } }\n          envFrom:',
      ),
      [found()],
    ],
    [
      'a Secret',
      failing('configMapRef', 'secretRef', 'kind: ConfigMap', 'kind: Secret'),
      [
        found(
          'spec.template.spec.containers[0].envFrom[0].secretRef.name',
          'reads Secret "settings" as environment variables, so its changes do not reach running pods',
        ),
      ],
    ],
    [
      'a Secret in a variable',
      failing(
        'envFrom:\n            - configMapRef: { name: settings }',
        'env:\n            - name: A\n              valueFrom: { secretKeyRef: { name: settings, key: LEVEL } }',
        'kind: ConfigMap',
        'kind: Secret',
      ),
      [
        found(
          'spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef.name',
          'reads Secret "settings" as environment variables, so its changes do not reach running pods',
        ),
      ],
    ],
    ['a name with the hash of kustomize', failing('name: settings', 'name: settings-4h2mbtbbt6'), []],
    ['a Secret of the name', failing('kind: ConfigMap', 'kind: Secret'), []],
    [
      'a file by subPath',
      failing(
        'envFrom:\n            - configMapRef: { name: settings }',
        'volumeMounts: [{ name: v, mountPath: /a, subPath: LEVEL }]\n      volumes: [{ name: v, configMap: { name: settings } }]',
      ),
      [
        found(
          'spec.template.spec.containers[0].volumeMounts[0].subPath',
          'reads ConfigMap "settings" through subPath, so its changes do not reach running pods',
        ),
      ],
    ],
    [
      'a file by subPathExpr, of a Secret',
      failing(
        'envFrom:\n            - configMapRef: { name: settings }',
        'volumeMounts: [{ name: v, mountPath: /a, subPathExpr: LEVEL }]\n      volumes: [{ name: v, secret: { secretName: settings } }]',
        'kind: ConfigMap',
        'kind: Secret',
      ),
      [
        found(
          'spec.template.spec.containers[0].volumeMounts[0].subPathExpr',
          'reads Secret "settings" through subPath, so its changes do not reach running pods',
        ),
      ],
    ],
    [
      'a whole volume',
      failing(
        'envFrom:\n            - configMapRef: { name: settings }',
        'volumeMounts: [{ name: v, mountPath: /a }]\n      volumes: [{ name: v, configMap: { name: settings } }]',
      ),
      [],
    ],
    [
      'a checksum in the template',
      failing(
        '      labels:\n        app: web\n    spec',
        '      labels:\n        app: web\n      annotations: { checksum/config: abc }\n    spec',
      ),
      [],
    ],
    [
      'a ConfigMap in another namespace',
      failing('name: settings\n  namespace: shop', 'name: settings\n  namespace: other'),
      [],
    ],
    ['Jobs end', failing('apps/v1', 'batch/v1', 'kind: Deployment', 'kind: Job'), []],
    [
      'StatefulSets',
      failing('kind: Deployment', 'kind: StatefulSet'),
      [found(undefined, undefined, undefined, 'StatefulSet shop/web')],
    ],
  ],
);
