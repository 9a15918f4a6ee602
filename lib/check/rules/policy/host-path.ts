import type { Rule } from '../../rule';
import { isRuntimeSocket } from '../../../kube/runtime-socket';
import { podSecurityRule } from '../pod-security/policy-rule';

export const hostPath: Rule = {
  name: 'policy/host-path',
  severity: 'warning',
  about: 'Finds hostPath volumes.',
  why: 'The files differ between nodes, stay behind when the pod moves, and may give the pod control of the node.',
  run: podSecurityRule(
    'baseline',
    ({ check, field }) => check === 'hostPathVolumes' && !isRuntimeSocket(field.child('path').text),
  ),
};
