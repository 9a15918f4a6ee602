import type { Rule } from '../../rule';
import { isRuntimeSocket } from '../../../kube/runtime-socket';
import { podSecurityRule } from '../pod-security/policy-rule';

export const containerSocket: Rule = {
  name: 'policy/container-socket',
  severity: 'warning',
  about: 'Finds pods that mount the socket of the container runtime of their node.',
  why: 'Through the socket of Docker, containerd or CRI-O, a pod can start any container with any privileges: it controls the node.',
  run: podSecurityRule(
    'baseline',
    ({ check, field }) => check === 'hostPathVolumes' && isRuntimeSocket(field.child('path').text),
  ),
};
