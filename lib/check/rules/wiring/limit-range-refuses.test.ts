import { ruleTest, unproven } from '../../../../test/check/rule-test';

const WEBHOOK = `---
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: sizes }
webhooks:
  - name: sizes.example.com
    rules: [{ apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [pods] }]
`;

const PATH = 'spec.template.spec.containers[0].resources';
const HINT = 'Set requests and limits within what the LimitRange allows.';
const says = (message: string): string => `LimitRange shop/sizes refuses the pods: ${message}`;

ruleTest(
  'wiring/limit-range-refuses',
  'error',
  ['Deployment shop/web', PATH, says('maximum cpu usage per Container is 1, but limit is 2'), HINT],
  ({ failing, passing, found }) => [
    ['a limit that the LimitRange gives', passing('limits: { cpu: 1, memory: 64Mi }', 'limits: {}'), []],
    [
      'a request below the least',
      passing('max: { cpu: 1 }', 'min: { cpu: 600m }'),
      [found(PATH, says('minimum cpu usage per Container is 600m, but request is 500m'), HINT)],
    ],
    [
      'a ratio that is too large',
      passing('max: { cpu: 1 }', 'maxLimitRequestRatio: { cpu: 1500m }'),
      [
        found(
          PATH,
          says('cpu max limit to request ratio per Container is 1500m, but provided ratio is 2.000000'),
          HINT,
        ),
      ],
    ],
    [
      'a pod that is too large as a whole',
      passing('type: Container, max: { cpu: 1 }', 'type: Pod, max: { cpu: 500m }'),
      [
        found(
          'spec.template.spec.resources',
          says('maximum cpu usage per Pod is 500m, but limit is 1'),
          HINT,
        ),
      ],
    ],
    [
      'a LimitRange of another namespace',
      failing('name: sizes, namespace: shop', 'name: sizes, namespace: b'),
      [],
    ],
    ['a LimitRange for claims', failing('type: Container', 'type: PersistentVolumeClaim'), []],
    [
      'a webhook that may change it',
      failing() + WEBHOOK,
      [
        unproven(
          found(
            undefined,
            `${says('maximum cpu usage per Container is 1, but limit is 2')}; MutatingWebhookConfiguration sizes may change that`,
          ),
        ),
      ],
    ],
  ],
);
