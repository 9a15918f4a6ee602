import type { Rule } from '../../rule';
import { pod } from './support/example';
import { isRuntimeSocket } from '../../../kube/runtime-socket';
import { podSecurityRule } from '../pod-security/policy-rule';

const withPath = (path: string): string =>
  pod(`containers:
  - name: builder
    image: acme/builder:1.4.2
    volumeMounts:
      - name: socket
        mountPath: /socket
volumes:
  - name: socket
    ${path}`);

export const containerSocket: Rule = {
  name: 'policy/container-socket',
  severity: 'warning',
  about: 'Finds pods that can give orders to the container runtime of their node.',
  why: 'Through the socket of Docker, containerd or CRI-O, a pod can start any container with any rights: it owns the node.',
  example: {
    failing: withPath('hostPath: { path: /var/run/docker.sock }'),
    passing: withPath('emptyDir: {}'),
  },
  run: podSecurityRule(
    'baseline',
    ({ check, field }) => check === 'hostPathVolumes' && isRuntimeSocket(field.child('path').text),
  ),
};
