import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'policy/capabilities',
  'warning',
  [
    'Pod shop/web',
    'spec.containers[0].securityContext.capabilities.add[0]',
    'container "web" adds capability "SYS_ADMIN"',
    'Remove it, or use AUDIT_WRITE, CHOWN, DAC_OVERRIDE, FOWNER, FSETID, KILL, MKNOD, NET_BIND_SERVICE, SETFCAP, SETGID, SETPCAP, SETUID or SYS_CHROOT.',
  ],
  ({ failing, found }) => [
    [
      'each capability beyond the default ones',
      failing('[SYS_ADMIN]', '[CHOWN, NET_ADMIN, KILL, SYS_ADMIN]'),
      [
        found(
          'spec.containers[0].securityContext.capabilities.add[1]',
          'container "web" adds capability "NET_ADMIN"',
        ),
        found('spec.containers[0].securityContext.capabilities.add[3]'),
      ],
    ],
    [
      'init containers too',
      failing('  containers:', '  containers: [{ name: main, image: "acme/web:1.4.2" }]\n  initContainers:'),
      [found('spec.initContainers[0].securityContext.capabilities.add[0]')],
    ],
    [
      'every default capability is fine',
      failing(
        '[SYS_ADMIN]',
        '[AUDIT_WRITE, CHOWN, DAC_OVERRIDE, FOWNER, FSETID, KILL, MKNOD, NET_BIND_SERVICE, SETFCAP, SETGID, SETPCAP, SETUID, SYS_CHROOT]',
      ),
      [],
    ],
    ['no other violation of baseline', failing('capabilities:', 'privileged: true\n        drop:'), []],
  ],
);
