import { check } from '../../check';
import type { Finding } from '../../finding';
import { ManifestSet } from '../../../manifest/set';

type Plain = Record<string, unknown>;

/** What holds for every pod that `restricted` takes. */
const SAFE = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
};

function namespace(labels: Plain): Plain {
  const named = Object.entries(labels).map(([mode, value]) => [`pod-security.kubernetes.io/${mode}`, value]);
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'shop', labels: Object.fromEntries(named) as Plain },
  };
}

interface PodParts {
  readonly spec?: Plain;
  readonly container?: Plain;
  readonly annotations?: Plain;
}

function pod({ spec = {}, container = {}, annotations = {} }: PodParts = {}): Plain {
  const safe = { name: 'api', image: 'acme/api:1', securityContext: SAFE, ...container };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'api', namespace: 'shop', annotations },
    spec: { containers: [safe], ...spec },
  };
}

/** What Pod Security says to `object` in a namespace with `labels`. */
function findings(labels: Plain, object: Plain, kubernetes = '1.36'): Finding[] {
  const found = check(ManifestSet.of([namespace(labels), object]), { kubernetes, preset: 'none' });
  return found.filter(({ rule }) => rule === 'admission/pod-security');
}

function paths(level: string, object: Plain, version = 'latest', kubernetes?: string): string[] {
  return findings({ enforce: level, 'enforce-version': version }, object, kubernetes).map(({ path }) => path);
}

const context = (more: Plain): PodParts => ({ container: { securityContext: { ...SAFE, ...more } } });

test('restricted takes a pod that gives up everything, and baseline one that says nothing', () => {
  expect(paths('restricted', pod())).toEqual([]);
  expect(paths('baseline', pod({ container: { securityContext: undefined } }))).toEqual([]);
});

test.each<[string, PodParts, string]>([
  ['a host namespace', { spec: { hostPID: true } }, 'spec.hostPID'],
  [
    'a path of the node',
    { spec: { volumes: [{ name: 'v', hostPath: { path: '/' } }] } },
    'spec.volumes[0].hostPath',
  ],
  [
    'a port of the node',
    { container: { ports: [{ containerPort: 80, hostPort: 80 }] } },
    'spec.containers[0].ports[0].hostPort',
  ],
  [
    'a host in a probe',
    { container: { livenessProbe: { tcpSocket: { port: 80, host: 'db' } } } },
    'spec.containers[0].livenessProbe.tcpSocket.host',
  ],
  [
    'privilege',
    context({ privileged: true, allowPrivilegeEscalation: true }),
    'spec.containers[0].securityContext.privileged',
  ],
  [
    'a capability beyond the default ones',
    context({ capabilities: { add: ['CHOWN', 'SYS_ADMIN'] } }),
    'spec.containers[0].securityContext.capabilities.add[1]',
  ],
  ['all of /proc', context({ procMount: 'Unmasked' }), 'spec.containers[0].securityContext.procMount'],
  [
    'no AppArmor',
    context({ appArmorProfile: { type: 'Unconfined' } }),
    'spec.containers[0].securityContext.appArmorProfile.type',
  ],
  [
    'no seccomp',
    context({ seccompProfile: { type: 'Unconfined' } }),
    'spec.containers[0].securityContext.seccompProfile.type',
  ],
  [
    'another SELinux type',
    context({ seLinuxOptions: { type: 'spc_t' } }),
    'spec.containers[0].securityContext.seLinuxOptions.type',
  ],
  [
    'an unsafe sysctl',
    { spec: { securityContext: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] } } },
    'spec.securityContext.sysctls[0].name',
  ],
])('baseline refuses %s', (_, parts, path) => {
  expect(paths('baseline', pod(parts))).toEqual([path]);
});

test.each<[string, PodParts, string]>([
  [
    'privilege escalation that is not ruled out',
    context({ allowPrivilegeEscalation: undefined }),
    'spec.containers[0].securityContext.allowPrivilegeEscalation',
  ],
  [
    'default capabilities',
    context({ capabilities: { drop: ['NET_RAW'] } }),
    'spec.containers[0].securityContext.capabilities.drop',
  ],
  ['root that is not ruled out', context({ runAsNonRoot: undefined }), 'spec.securityContext.runAsNonRoot'],
  ['the user 0', context({ runAsUser: 0 }), 'spec.containers[0].securityContext.runAsUser'],
  [
    'a container without seccomp',
    context({ seccompProfile: undefined }),
    'spec.securityContext.seccompProfile.type',
  ],
  [
    'a volume from the network',
    { spec: { volumes: [{ name: 'v', nfs: { server: 's', path: '/' } }] } },
    'spec.volumes[0].nfs',
  ],
])('restricted refuses %s, and baseline does not', (_, parts, path) => {
  expect(paths('restricted', pod(parts))).toEqual([path]);
  expect(paths('baseline', pod(parts))).toEqual([]);
});

/** The message, without its head, and the hint of each finding. */
function said(level: string, parts: PodParts, version = 'latest', kubernetes?: string) {
  const found = findings({ enforce: level, 'enforce-version': version }, pod(parts), kubernetes);
  const head = `violates PodSecurity "${level}:${version}": `;
  return found.map(({ message, hint }) => [
    message.startsWith(head) ? message.slice(head.length) : message,
    hint,
  ]);
}

const sysctl = (name: string): PodParts => ({
  spec: { securityContext: { sysctls: [{ name, value: '1' }] } },
});
const volume = (source: Plain): PodParts => ({ spec: { volumes: [{ name: 'v', ...source }] } });
const DEFAULTS =
  'AUDIT_WRITE, CHOWN, DAC_OVERRIDE, FOWNER, FSETID, KILL, MKNOD, NET_BIND_SERVICE, SETFCAP, SETGID, SETPCAP, SETUID or SYS_CHROOT';
const PROFILE = 'Use RuntimeDefault, or Localhost with your own profile.';

test.each<[PodParts, string, string]>([
  [
    { spec: { hostNetwork: true } },
    'shares a namespace of the node (hostNetwork: true)',
    'Remove hostNetwork.',
  ],
  [{ spec: { hostIPC: true } }, 'shares a namespace of the node (hostIPC: true)', 'Remove hostIPC.'],
  [
    volume({ hostPath: { path: '/a' } }),
    'mounts host path "/a"',
    'Use another volume type, such as emptyDir or persistentVolumeClaim.',
  ],
  [
    { container: { ports: [{ containerPort: 80, hostPort: 81 }] } },
    'uses host port 81',
    'Remove hostPort, and use a Service.',
  ],
  [
    { container: { lifecycle: { preStop: { httpGet: { port: 80, host: 'db' } } } } },
    'the kubelet calls host "db" instead of the pod',
    'Remove host: the default is the pod.',
  ],
  [
    { container: { lifecycle: { postStart: { tcpSocket: { port: 80, host: 'db' } } } } },
    'the kubelet calls host "db" instead of the pod',
    'Remove host: the default is the pod.',
  ],
  [
    { container: { readinessProbe: { httpGet: { port: 80, host: 'db' } } } },
    'the kubelet calls host "db" instead of the pod',
    'Remove host: the default is the pod.',
  ],
  [
    { container: { startupProbe: { httpGet: { port: 80, host: 'db' } } } },
    'the kubelet calls host "db" instead of the pod',
    'Remove host: the default is the pod.',
  ],
  [
    context({ windowsOptions: { hostProcess: true } }),
    'runs as a Windows host process (hostProcess: true)',
    'Remove hostProcess.',
  ],
  [
    context({ privileged: true, allowPrivilegeEscalation: true }),
    'container "api" is privileged',
    'Remove privileged, and add only the capabilities it needs.',
  ],
  [
    context({ capabilities: { add: ['SYS_ADMIN'] } }),
    'container "api" adds capability "SYS_ADMIN"',
    `Remove it, or use ${DEFAULTS}.`,
  ],
  [context({ procMount: 'Unmasked' }), 'container "api" sets procMount: Unmasked', 'Remove procMount.'],
  [context({ appArmorProfile: { type: 'Unconfined' } }), 'sets appArmorProfile.type: Unconfined', PROFILE],
  [
    { annotations: { 'container.apparmor.security.beta.kubernetes.io/api': 'unconfined' } },
    'uses AppArmor profile "unconfined"',
    'Use runtime/default.',
  ],
  [context({ seccompProfile: { type: 'Unconfined' } }), 'sets seccompProfile.type: Unconfined', PROFILE],
  [
    context({ seLinuxOptions: { type: 'spc_t' } }),
    'sets SELinux type "spc_t"',
    'Remove it, or use container_t, container_init_t, container_kvm_t or container_engine_t.',
  ],
  [context({ seLinuxOptions: { user: 'u' } }), 'sets SELinux user "u"', 'Remove user.'],
  [context({ seLinuxOptions: { role: 'r' } }), 'sets SELinux role "r"', 'Remove role.'],
  [
    sysctl('kernel.msgmax'),
    'sets unsafe sysctl "kernel.msgmax"',
    'Remove it, or use kernel.shm_rmid_forced, net.ipv4.ip_local_port_range, net.ipv4.tcp_syncookies, net.ipv4.ping_group_range, net.ipv4.ip_unprivileged_port_start, net.ipv4.ip_local_reserved_ports, net.ipv4.tcp_keepalive_time, net.ipv4.tcp_fin_timeout, net.ipv4.tcp_keepalive_intvl, net.ipv4.tcp_keepalive_probes, net.ipv4.tcp_rmem or net.ipv4.tcp_wmem.',
  ],
])('baseline says of %j: %s', (parts, message, hint) => {
  expect(said('baseline', parts)).toEqual([[message, hint]]);
});

test.each<[PodParts, string, string]>([
  [
    context({ allowPrivilegeEscalation: true }),
    'container "api" allows privilege escalation',
    'Set allowPrivilegeEscalation: false.',
  ],
  [
    context({ capabilities: { drop: ['KILL'] } }),
    'container "api" does not drop ALL capabilities',
    'Set drop: [ALL].',
  ],
  [
    context({ capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE', 'CHOWN'] } }),
    'container "api" adds capability "CHOWN"',
    'Remove it. Only NET_BIND_SERVICE is allowed.',
  ],
  [
    volume({ nfs: { server: 's', path: '/' } }),
    'uses volume type nfs',
    'Use persistentVolumeClaim for storage of the cluster.',
  ],
  [context({ runAsNonRoot: false }), 'may run as root (runAsNonRoot: false)', 'Set runAsNonRoot: true.'],
  [context({ runAsNonRoot: undefined }), 'may run as root', 'Set runAsNonRoot: true.'],
  [context({ runAsUser: 0 }), 'runs as root (runAsUser: 0)', 'Set runAsUser to a non-zero user ID.'],
  [
    context({ seccompProfile: undefined }),
    'has no seccomp profile',
    'Set seccompProfile: { type: RuntimeDefault }.',
  ],
  [context({ procMount: 'Unmasked' }), 'container "api" sets procMount: Unmasked', 'Remove procMount.'],
  [context({ seccompProfile: { type: 'Unconfined' } }), 'sets seccompProfile.type: Unconfined', PROFILE],
])('restricted says of %j: %s', (parts, message, hint) => {
  expect(said('restricted', parts)).toEqual([[message, hint]]);
});

test('names the containers without a setting, unless all lack it', () => {
  const bare = (name: string) => ({
    name,
    image: 'acme/x:1',
    securityContext: { ...SAFE, runAsNonRoot: undefined },
  });
  expect(said('restricted', { spec: { initContainers: [bare('a'), bare('b')] } })).toEqual([
    ['may run as root in container "a", "b"', 'Set runAsNonRoot: true.'],
  ]);
});

test.each<[string, PodParts]>([
  [
    'each safe volume type',
    {
      spec: {
        volumes: [
          'configMap',
          'csi',
          'downwardAPI',
          'emptyDir',
          'ephemeral',
          'image',
          'persistentVolumeClaim',
          'projected',
          'secret',
        ].map((type) => ({
          name: type.toLowerCase(),
          [type]:
            type === 'configMap' ||
            type === 'secret' ||
            type === 'persistentVolumeClaim' ||
            type === 'csi' ||
            type === 'image'
              ? { name: 'a', secretName: 'a', claimName: 'a', driver: 'd', reference: 'r' }
              : {},
        })),
      },
    },
  ],
  ['a volume of nothing but its name', { spec: { volumes: [{ name: 'v' }] } }],
  [
    'profiles of its own',
    context({
      seccompProfile: { type: 'Localhost', localhostProfile: 'a' },
      appArmorProfile: { type: 'Localhost', localhostProfile: 'a' },
    }),
  ],
  [
    'AppArmor annotations for profiles',
    { annotations: { 'container.apparmor.security.beta.kubernetes.io/api': 'localhost/a' } },
  ],
  [
    'the default AppArmor annotation',
    { annotations: { 'container.apparmor.security.beta.kubernetes.io/api': 'runtime/default' } },
  ],
  ['a safe SELinux type', context({ seLinuxOptions: { type: 'container_kvm_t', level: 's0' } })],
  ['the default view of /proc', context({ procMount: 'Default' })],
  ['the host port 0', { container: { ports: [{ containerPort: 80, hostPort: 0 }] } }],
])('restricted accepts %s', (_, parts) => {
  expect(findings({ enforce: 'restricted' }, pod(parts))).toEqual([]);
});

test('ports of the node are reported once, by its network', () => {
  const parts = { spec: { hostNetwork: true }, container: { ports: [{ containerPort: 80, hostPort: 80 }] } };
  expect(paths('baseline', pod(parts))).toEqual(['spec.hostNetwork']);
});

test.each([
  ['net.ipv4.ip_local_reserved_ports', 27],
  ['net.ipv4.tcp_keepalive_time', 29],
  ['net.ipv4.tcp_fin_timeout', 29],
  ['net.ipv4.tcp_keepalive_intvl', 29],
  ['net.ipv4.tcp_keepalive_probes', 29],
  ['net.ipv4.tcp_rmem', 32],
  ['net.ipv4.tcp_wmem', 32],
])('%s is safe from version 1.%i on', (name, minor) => {
  expect(paths('baseline', pod(sysctl(name)), `v1.${minor - 1}`)).toHaveLength(1);
  expect(paths('baseline', pod(sysctl(name)), `v1.${minor}`)).toEqual([]);
});

test('checks apply from the version that brought them', () => {
  const engine = context({ seLinuxOptions: { type: 'container_engine_t' } });
  expect(paths('baseline', pod(engine), 'v1.30')).toHaveLength(1);
  expect(paths('baseline', pod(engine), 'v1.31')).toEqual([]);
  const probe = { container: { livenessProbe: { tcpSocket: { port: 80, host: 'db' } } } };
  expect(paths('baseline', pod(probe), 'v1.33')).toEqual([]);
  expect(paths('baseline', pod(probe), 'v1.34')).toHaveLength(1);
  const escalation = context({ allowPrivilegeEscalation: undefined });
  expect(paths('restricted', pod(escalation), 'v1.7')).toEqual([]);
  expect(paths('restricted', pod(escalation), 'v1.8')).toHaveLength(1);
  const capabilities = context({ capabilities: undefined });
  expect(paths('restricted', pod(capabilities), 'v1.21')).toEqual([]);
  expect(paths('restricted', pod(capabilities), 'v1.22')).toHaveLength(1);
  expect(paths('restricted', pod(context({ runAsUser: 0 })), 'v1.22')).toEqual([]);
  expect(paths('restricted', pod(context({ runAsUser: 0 })), 'v1.23')).toHaveLength(1);
  const seccomp = context({ seccompProfile: undefined });
  expect(paths('restricted', pod(seccomp), 'v1.18')).toEqual([]);
  expect(paths('restricted', pod(seccomp), 'v1.19')).toHaveLength(1);
});

test('before 1.19 seccomp is in annotations', () => {
  const annotated = (key: string, value: string): PodParts => ({ annotations: { [key]: value } });
  const [ofPod, ofContainer] = [
    'seccomp.security.alpha.kubernetes.io/pod',
    'container.seccomp.security.alpha.kubernetes.io/api',
  ];
  expect(said('baseline', annotated(ofPod, 'unconfined'), 'v1.18')).toEqual([
    ['uses seccomp profile "unconfined"', 'Use runtime/default.'],
  ]);
  expect(paths('baseline', pod(annotated(ofContainer, 'unconfined')), 'v1.18')).toEqual([
    `metadata.annotations[${ofContainer}]`,
  ]);
  for (const value of ['runtime/default', 'docker/default', 'localhost/a'])
    expect(paths('baseline', pod(annotated(ofPod, value)), 'v1.18')).toEqual([]);
  expect(paths('baseline', pod(annotated(ofPod, 'unconfined')), 'v1.19')).toEqual([]);
});

test('a warning says what would violate the level', () => {
  expect(findings({ warn: 'baseline' }, pod({ spec: { hostPID: true } }))).toMatchObject([
    {
      message: 'would violate PodSecurity "baseline:latest": shares a namespace of the node (hostPID: true)',
    },
  ]);
});

test('a pod may say it for all of its containers', () => {
  const { runAsNonRoot, seccompProfile, ...rest } = SAFE;
  const spec = { securityContext: { runAsNonRoot, seccompProfile } };
  expect(paths('restricted', pod({ spec, container: { securityContext: rest } }))).toEqual([]);
});

test('init containers and ephemeral ones count', () => {
  const bare = { name: 'x', image: 'acme/x:1', securityContext: { ...SAFE, privileged: true } };
  const spec = { initContainers: [bare], ephemeralContainers: [{ ...bare, name: 'y' }] };
  expect(paths('baseline', pod({ spec }))).toEqual([
    'spec.ephemeralContainers[0].securityContext.privileged',
    'spec.initContainers[0].securityContext.privileged',
  ]);
});

test('a pod for Windows needs nothing that Windows does not have', () => {
  const spec = { os: { name: 'windows' }, securityContext: { runAsNonRoot: true } };
  const object = pod({ spec, container: { securityContext: undefined } });
  expect(paths('restricted', object)).toEqual([]);
  expect(paths('restricted', object, 'v1.24')).not.toEqual([]);
});

test('the version in the labels says what is allowed', () => {
  const sysctls = { spec: { securityContext: { sysctls: [{ name: 'net.ipv4.tcp_rmem', value: '1' }] } } };
  expect(paths('baseline', pod(sysctls), 'v1.31')).toEqual(['spec.securityContext.sysctls[0].name']);
  expect(paths('baseline', pod(sysctls), 'v1.32')).toEqual([]);
});

test('a server knows no version after its own', () => {
  const probe = { container: { livenessProbe: { tcpSocket: { port: 80, host: 'db' } } } };
  expect(paths('baseline', pod(probe), 'latest', '1.33')).toEqual([]);
  expect(paths('baseline', pod(probe), 'v1.34', '1.33')).toEqual([]);
  expect(paths('baseline', pod(probe), 'v1.34', '1.36')).toHaveLength(1);
});

test('with a user namespace, root in a pod is root nowhere else', () => {
  const parts = { ...context({ runAsUser: 0, runAsNonRoot: false }), spec: { hostUsers: false } };
  expect(paths('restricted', pod(parts))).toEqual([]);
  expect(paths('restricted', pod(parts), 'v1.34')).toHaveLength(2);
});

test('a namespace that warns has warnings, and one that only audits nothing', () => {
  const object = pod({ spec: { hostPID: true } });
  expect(findings({ warn: 'baseline' }, object)).toMatchObject([
    { severity: 'warning', path: 'spec.hostPID' },
  ]);
  expect(findings({ audit: 'baseline' }, object)).toEqual([]);
  expect(findings({ enforce: 'baseline', warn: 'restricted' }, object)).toMatchObject([
    { severity: 'error' },
  ]);
});

test('a workload whose pods would be refused is an error, which says what refuses it', () => {
  const { spec } = pod({ spec: { hostPID: true } });
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'api', namespace: 'shop' },
    spec: {
      selector: { matchLabels: { app: 'api' } },
      template: { metadata: { labels: { app: 'api' } }, spec },
    },
  };
  expect(findings({ enforce: 'baseline' }, deployment)).toMatchObject([
    {
      severity: 'error',
      path: 'spec.template.spec.hostPID',
      message: 'violates PodSecurity "baseline:latest": shares a namespace of the node (hostPID: true)',
    },
  ]);
});

test('pods of other namespaces are left alone', () => {
  const { spec } = pod({ spec: { hostPID: true } });
  const elsewhere = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'api', namespace: 'other' }, spec };
  expect(findings({ enforce: 'restricted' }, elsewhere)).toEqual([]);
});

test.each([[null], [7], ['text'], [{}], [[]], [[null, 3]]])(
  'what is no pod spec is read without harm: %j',
  (odd) => {
    for (const parts of [
      { spec: { containers: odd } },
      { spec: { volumes: odd, securityContext: odd, initContainers: odd } },
      { container: { securityContext: odd, ports: odd, livenessProbe: odd } },
    ]) {
      expect(() => findings({ enforce: 'restricted' }, pod(parts))).not.toThrow();
    }
  },
);
