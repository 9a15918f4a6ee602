import { check } from '../../../../lib/check/check';
import type { Finding } from '../../../../lib/check/finding';
import { ManifestSet } from '../../../../lib/manifest/set';

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
