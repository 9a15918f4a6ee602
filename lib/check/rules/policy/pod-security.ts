import { isRuntimeSocket } from '../../../kube/runtime-socket';
import type { Rule } from '../../rule';
import { podSecurityRule } from '../pod-security/policy-rule';
import type { PodViolation } from '../pod-security/violations';

/** The checks of baseline that have a separate rule. */
const SEPARATE = ['privileged', 'capabilities_baseline', 'hostNamespaces', 'hostPorts', 'hostPathVolumes'];

/** The rules about the Pod Security Standards: a row a rule, without code of its own. */
const ROWS: readonly Omit<Rule, 'severity'>[] = [
  {
    name: 'policy/capabilities',
    about: 'Finds Linux capabilities beyond the default ones of a container, such as SYS_ADMIN.',
    why: 'Most of them allow a container escape: SYS_ADMIN mounts file systems, NET_ADMIN reads the traffic of other pods.',
    run: podSecurityRule('baseline', ({ check }) => check === 'capabilities_baseline'),
  },
  {
    name: 'policy/container-socket',
    about: 'Finds pods that mount the socket of the container runtime of their node.',
    why: 'Through the socket of Docker, containerd or CRI-O, a pod can start any container with any privileges: it controls the node.',
    run: podSecurityRule('baseline', (violation) => isHostPath(violation) && isSocket(violation)),
  },
  {
    name: 'policy/host-namespaces',
    about: 'Finds pods that share the network, process or IPC namespace of their node.',
    why: 'Such a pod sees the processes and traffic of other pods on the node, and no NetworkPolicy applies to it.',
    run: podSecurityRule('baseline', ({ check }) => check === 'hostNamespaces'),
  },
  {
    name: 'policy/host-path',
    about: 'Finds hostPath volumes.',
    why: 'The files differ between nodes, stay behind when the pod moves, and may give the pod control of the node.',
    run: podSecurityRule('baseline', (violation) => isHostPath(violation) && !isSocket(violation)),
  },
  {
    name: 'policy/host-port',
    about: 'Finds containers that use a port of their node.',
    why: 'Only one such pod fits on a node, so a rollout waits for a free node; and the port is open to everybody who reaches the node.',
    run: podSecurityRule('baseline', ({ check }) => check === 'hostPorts'),
  },
  {
    name: 'policy/pod-security-baseline',
    about:
      'Finds violations of the Pod Security Standard baseline that no other rule finds: seccomp, AppArmor and SELinux profiles, sysctls, procMount, probe hosts, Windows host processes.',
    why: 'Only system agents need them, and each is a known container escape.',
    run: podSecurityRule('baseline', ({ check }) => !SEPARATE.includes(check)),
  },
  {
    name: 'policy/pod-security-restricted',
    strict: true,
    about:
      'Finds violations of the Pod Security Standard restricted beyond baseline: root, privilege escalation, default capabilities, missing seccomp profiles, volume types.',
    why: 'Applications need none of these, and without them an attacker stays inside the container.',
    run: podSecurityRule('restricted', () => true),
  },
  {
    name: 'policy/privileged',
    about: 'Finds privileged containers.',
    why: 'An attacker in such a container controls the node and every pod on it.',
    run: podSecurityRule('baseline', ({ check }) => check === 'privileged'),
  },
];

export const POD_SECURITY_RULES: readonly Rule[] = ROWS.map((row) => ({ severity: 'warning', ...row }));

function isHostPath({ check }: PodViolation): boolean {
  return check === 'hostPathVolumes';
}

function isSocket({ field }: PodViolation): boolean {
  return isRuntimeSocket(field.child('path').text);
}
