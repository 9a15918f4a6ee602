import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'policy/pod-security-restricted',
  'warning',
  ['Pod shop/web', 'spec.securityContext.runAsNonRoot', 'may run as root', 'Set runAsNonRoot: true.'],
  ({ failing, found }) => [
    [
      'what baseline forbids too',
      failing(
        'allowPrivilegeEscalation: false',
        'privileged: true\n        allowPrivilegeEscalation: false',
        'drop: [ALL]',
        'drop: [ALL]\n          add: [SYS_ADMIN]',
      ),
      [found()],
    ],
    [
      'each setting',
      failing(
        '      securityContext:\n        allowPrivilegeEscalation: false\n        capabilities:\n          drop: [ALL]\n        seccompProfile:\n          type: RuntimeDefault\n',
        '',
      ),
      [
        found(
          'spec.containers[0].securityContext.allowPrivilegeEscalation',
          'container "web" allows privilege escalation',
          'Set allowPrivilegeEscalation: false.',
        ),
        found(
          'spec.containers[0].securityContext.capabilities.drop',
          'container "web" does not drop ALL capabilities',
          'Set drop: [ALL].',
        ),
        found(),
        found(
          'spec.securityContext.seccompProfile.type',
          'has no seccomp profile',
          'Set seccompProfile: { type: RuntimeDefault }.',
        ),
      ],
    ],
    [
      'a namespace that enforces baseline',
      `${failing()}---
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { pod-security.kubernetes.io/enforce: baseline } }
`,
      [found()],
    ],
    [
      'a namespace that enforces restricted leaves it to admission',
      `${failing()}---
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { pod-security.kubernetes.io/enforce: restricted } }
`,
      [],
    ],
  ],
);
