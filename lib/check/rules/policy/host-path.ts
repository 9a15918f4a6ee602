import type { Rule } from '../../rule';
import { isRuntimeSocket } from '../../../kube/runtime-socket';
import { podSecurityRule } from '../pod-security/policy-rule';

export const hostPath: Rule = {
  name: 'policy/host-path',
  severity: 'warning',
  about: 'Finds volumes that are files of the node.',
  why: 'They differ from node to node, stay behind when the pod moves, and may open the node to the pod.',
  run: podSecurityRule(
    'baseline',
    ({ check, field }) => check === 'hostPathVolumes' && !isRuntimeSocket(field.child('path').text),
  ),
};
