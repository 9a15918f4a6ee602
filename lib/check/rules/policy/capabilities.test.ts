import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('policy/capabilities', 'warning', [
  'Pod shop/web',
  'spec.containers[0].securityContext.capabilities.add[0]',
  'container "web" adds capability "SYS_ADMIN"',
  'Remove it, or use AUDIT_WRITE, CHOWN, DAC_OVERRIDE, FOWNER, FSETID, KILL, MKNOD, NET_BIND_SERVICE, SETFCAP, SETGID, SETPCAP, SETUID or SYS_CHROOT.',
]);
