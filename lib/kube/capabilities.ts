/**
 * The default capabilities of a container, all that the level "baseline" of the Pod Security Standards lets it add.
 *
 * @source k8s.io/pod-security-admission policy/check_capabilities_baseline.go capabilities_allowed_1_0 1.36
 */
export const BASELINE_CAPABILITIES: readonly string[] = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];
