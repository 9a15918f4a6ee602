import type { Rule } from '../../rule';
import { pod } from './support/example';
import { isRuntimeSocket } from '../../../kube/runtime-socket';
import { podSecurityRule } from '../pod-security/policy-rule';

const withVolume = (source: string): string =>
  pod(`containers:
  - name: web
    image: acme/web:1.4.2
    volumeMounts:
      - name: data
        mountPath: /data
volumes:
  - name: data
    ${source}`);

export const hostPath: Rule = {
  name: 'policy/host-path',
  severity: 'warning',
  about: 'Finds volumes that are files of the node.',
  why: 'They differ from node to node, stay behind when the pod moves, and may open the node to the pod.',
  example: {
    failing: withVolume('hostPath: { path: /srv/data }'),
    passing: withVolume('persistentVolumeClaim: { claimName: data }'),
  },
  run: podSecurityRule(
    'baseline',
    ({ check, field }) => check === 'hostPathVolumes' && !isRuntimeSocket(field.child('path').text),
  ),
};
