import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'policy/container-socket',
  'warning',
  [
    'Pod shop/web',
    'spec.volumes[0].hostPath',
    'mounts host path "/var/run/docker.sock"',
    'Use another volume type, such as emptyDir or persistentVolumeClaim.',
  ],
  ({ failing, found }) => [
    [
      'each runtime, with and without /var',
      failing('/var/run/docker.sock', '/run/containerd/containerd.sock'),
      [found(undefined, 'mounts host path "/run/containerd/containerd.sock"')],
    ],
    [
      'a folder that has the socket',
      failing('/var/run/docker.sock', '/var/run/'),
      [found(undefined, 'mounts host path "/var/run/"')],
    ],
    ['another path is for policy/host-path', failing('/var/run/docker.sock', '/var/log'), []],
    [
      'a namespace that enforces baseline leaves it to admission',
      `${failing()}---
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { pod-security.kubernetes.io/enforce: baseline } }
`,
      [],
    ],
  ],
);
