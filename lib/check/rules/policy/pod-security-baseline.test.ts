import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'policy/pod-security-baseline',
  'warning',
  [
    'Pod shop/web',
    'spec.containers[0].securityContext.seccompProfile.type',
    'sets seccompProfile.type: Unconfined',
    'Use RuntimeDefault, or Localhost with your own profile.',
  ],
  ({ failing, found }) => [
    [
      'what has a rule of its own',
      failing(
        'seccompProfile:\n          type: Unconfined',
        'privileged: true\n        capabilities: { add: [SYS_ADMIN] }',
      ),
      [],
    ],
    [
      'sysctls',
      failing(
        'spec:',
        'spec:\n  securityContext: { sysctls: [{ name: kernel.msgmax, value: "1" }] }',
        'Unconfined',
        'RuntimeDefault',
      ),
      [
        found(
          'spec.securityContext.sysctls[0].name',
          'sets unsafe sysctl "kernel.msgmax"',
          expect.stringMatching(
            /^Remove it, or use kernel.shm_rmid_forced, .* or net.ipv4.tcp_notsent_lowat.$/,
          ) as string,
        ),
      ],
    ],
    [
      'a namespace that warns of restricted leaves it to admission',
      `${failing()}---
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { pod-security.kubernetes.io/warn: restricted } }
`,
      [],
    ],
  ],
);
