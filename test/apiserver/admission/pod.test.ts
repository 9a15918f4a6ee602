import { deployment, having, pod, refusals } from './objects';

const C = 'spec.containers[0]';
const container = 'spec.containers.0';

describe('a Pod is refused', () => {
  it.each<[string, string, unknown, string[]]>([
    ['without a name', 'metadata.name', undefined, ['metadata.name']],
    ['with a name in capitals', 'metadata.name', 'Web', ['metadata.name']],
    ['with a label that has a space', 'metadata.labels.app', 'a b', ['metadata.labels']],
    [
      'with an annotation whose key has two slashes',
      'metadata.annotations',
      { 'a/b/c': '' },
      ['metadata.annotations'],
    ],
    ['with a finalizer without a domain', 'metadata.finalizers', ['mine'], ['metadata.finalizers[0]']],
    ['without an image', `${container}.image`, undefined, [`${C}.image`]],
    ['with white space around an image', `${container}.image`, ' nginx', [`${C}.image`]],
    [
      'with a port name that is too long',
      `${container}.ports.0.name`,
      'a-very-long-port',
      [`${C}.ports[0].name`],
    ],
    ['with port 0', `${container}.ports.0.containerPort`, 0, [`${C}.ports[0].containerPort`]],
    ['with port 70000', `${container}.ports.0.containerPort`, 70000, [`${C}.ports[0].containerPort`]],
    ['with an unknown protocol', `${container}.ports.0.protocol`, 'tcp', [`${C}.ports[0].protocol`]],
    ['with an equals sign in a variable', `${container}.env.0.name`, 'A=B', [`${C}.env[0].name`]],
    [
      'with a variable that has a value and a source',
      `${container}.env.0.valueFrom`,
      { fieldRef: { fieldPath: 'metadata.name' } },
      [`${C}.env[0].valueFrom`],
    ],
    [
      'with a field that variables cannot show',
      `${container}.env.0`,
      { name: 'A', valueFrom: { fieldRef: { fieldPath: 'status.phase' } } },
      [`${C}.env[0].valueFrom.fieldRef.fieldPath`],
    ],
    [
      'with a request above its limit',
      `${container}.resources.requests.memory`,
      '1Gi',
      [`${C}.resources.requests`],
    ],
    [
      'with half a GPU',
      `${container}.resources`,
      { limits: { 'nvidia.com/gpu': '500m' } },
      [`${C}.resources.limits[nvidia.com/gpu]`, `${C}.resources.requests[nvidia.com/gpu]`],
    ],
    [
      'with a GPU that is requested without a limit',
      `${container}.resources`,
      { requests: { 'nvidia.com/gpu': 1 } },
      [`${C}.resources.limits`],
    ],
    [
      'with huge pages alone',
      `${container}.resources`,
      { limits: { 'hugepages-2Mi': '4Mi' } },
      [`${C}.resources`],
    ],
    [
      'with a probe without a handler',
      `${container}.readinessProbe`,
      { periodSeconds: 5 },
      [`${C}.readinessProbe`],
    ],
    [
      'with two handlers of one probe',
      `${container}.readinessProbe.exec`,
      { command: ['true'] },
      [`${C}.readinessProbe.httpGet`],
    ],
    [
      'with a liveness probe that has to succeed twice',
      `${container}.livenessProbe`,
      { tcpSocket: { port: 80 }, successThreshold: 2 },
      [`${C}.livenessProbe.successThreshold`],
    ],
    [
      'with a mount of a volume that is not there',
      `${container}.volumeMounts.0.name`,
      'data',
      [`${C}.volumeMounts[0].name`],
    ],
    [
      'with a sub-path that climbs up',
      `${container}.volumeMounts.0.subPath`,
      '../etc',
      [`${C}.volumeMounts.subPath`],
    ],
    [
      'with an init container of the same name',
      'spec.initContainers',
      [{ name: 'web', image: 'a' }],
      ['spec.initContainers[0].name'],
    ],
    [
      'with a probe of an init container that ends',
      'spec.initContainers',
      [{ name: 'init', image: 'a', livenessProbe: { tcpSocket: { port: 1 } } }],
      ['spec.initContainers[0].livenessProbe'],
    ],
    [
      'with two sources of one volume',
      'spec.volumes.0.hostPath',
      { path: '/' },
      ['spec.volumes[0].hostPath', `${C}.volumeMounts[0].name`],
    ],
    [
      'with a config map as volume that has no name',
      'spec.volumes.0',
      { name: 'tmp', configMap: {} },
      ['spec.volumes[0].configMap.name', `${C}.volumeMounts[0].name`],
    ],
    [
      'with file permissions beyond 0777',
      'spec.volumes.1',
      { name: 'a', secret: { secretName: 'a', defaultMode: 512 } },
      ['spec.volumes[1].secret.defaultMode'],
    ],
    ['with a priority that no class gives it', 'spec.priority', 1000, ['spec.priority']],
    ['with an overhead that no class gives it', 'spec.overhead', { cpu: '1' }, ['spec.overhead']],
    ['with an unknown restart policy', 'spec.restartPolicy', 'Sometimes', ['spec.restartPolicy']],
    ['with a negative user', 'spec.securityContext', { runAsUser: -1 }, ['spec.securityContext.runAsUser']],
    [
      'that is privileged without privilege escalation',
      `${container}.securityContext`,
      { privileged: true, allowPrivilegeEscalation: false },
      [`${C}.securityContext`],
    ],
    [
      'with a local seccomp profile without a file',
      'spec.securityContext',
      { seccompProfile: { type: 'Localhost' } },
      ['spec.securityContext.seccompProfile.localhostProfile'],
    ],
    [
      'with its own users on the host network',
      'spec',
      {
        hostUsers: false,
        hostNetwork: true,
        containers: pod.spec['containers'],
        volumes: pod.spec['volumes'],
      },
      ['spec.hostNetwork'],
    ],
    [
      'with a toleration without key or operator',
      'spec.tolerations',
      [{ effect: 'NoSchedule' }],
      ['spec.tolerations[0].operator'],
    ],
    [
      'with an affinity of weight 0',
      'spec.affinity',
      {
        podAntiAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            { weight: 0, podAffinityTerm: { topologyKey: 'kubernetes.io/hostname' } },
          ],
        },
      },
      ['spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight'],
    ],
    [
      'with two spread constraints of one kind',
      'spec.topologySpreadConstraints',
      [1, 2].map((maxSkew) => ({ maxSkew, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' })),
      ['spec.topologySpreadConstraints[0].{topologyKey, whenUnsatisfiable}'],
    ],
    ['without name servers under the policy None', 'spec.dnsPolicy', 'None', ['spec.dnsConfig']],
    [
      'with a Windows pod that names a Linux user',
      'spec',
      { ...pod.spec, os: { name: 'windows' }, securityContext: { runAsUser: 1 } },
      ['spec.securityContext.runAsUser'],
    ],
  ])('%s', (_, path, value, refused) => {
    expect(refusals(having(pod, path, value))).toEqual(refused);
  });
});

describe('a Pod is taken', () => {
  it.each<[string, string, unknown]>([
    [
      'with a sidecar that has probes',
      'spec.initContainers',
      [{ name: 'proxy', image: 'a', restartPolicy: 'Always', startupProbe: { tcpSocket: { port: 1 } } }],
    ],
    ['with a request alone', `${container}.resources`, { requests: { cpu: '1' } }],
    ['with an image without a tag', `${container}.image`, 'nginx'],
    [
      'with a relative mount path, which only the documentation forbids',
      `${container}.volumeMounts.0.mountPath`,
      'tmp',
    ],
    ['with a volume without a source, which is an emptyDir', 'spec.volumes.0.emptyDir', undefined],
    ['with a label of a node that is looked for', 'spec.nodeSelector', { 'kubernetes.io/os': 'linux' }],
  ])('%s', (_, path, value) => {
    expect(refusals(having(pod, path, value))).toEqual([]);
  });
});

describe('what a release changed', () => {
  it.each<[string, string, unknown, string, string]>([
    ['variables may begin with a digit since 1.32', `${container}.env.0.name`, '1ST', '1.31', '1.32'],
    [
      'a hook may sleep for no time since 1.33',
      `${container}.lifecycle`,
      { preStop: { sleep: { seconds: 0 } } },
      '1.32',
      '1.33',
    ],
    [
      'a DNS search may have underscores since 1.33',
      'spec.dnsConfig',
      { searches: ['_tcp.acme.io'] },
      '1.32',
      '1.33',
    ],
    [
      'any container may have a restart policy since 1.34',
      `${container}.restartPolicy`,
      'Never',
      '1.33',
      '1.34',
    ],
    ['addresses have no leading zeros since 1.36', 'spec.hostAliases', [{ ip: '10.01.0.1' }], '1.36', '1.35'],
  ])('%s', (_, path, value, refusing, taking) => {
    expect(refusals(having(pod, path, value), refusing)).not.toEqual([]);
    expect(refusals(having(pod, path, value), taking)).toEqual([]);
  });
});

describe('the template of a workload', () => {
  it('has labels and annotations that are named without metadata', () => {
    const object = having(deployment, 'spec.template.metadata.annotations', { 'bad key!': '' });
    expect(refusals(object)).toEqual(['spec.template.annotations']);
  });

  it('may have white space around an image, as the server has always allowed', () => {
    expect(refusals(having(deployment, 'spec.template.spec.containers.0.image', ' nginx'))).toEqual([]);
  });
});
