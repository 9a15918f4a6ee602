import { App, Chart, synth, Worker } from '../../lib';
import type { MaximalCluster } from './clusters';
import { CLUSTERS, renderedIn } from './clusters';
import type { Maximal } from './maximal';
import { CONSTRUCTS, PROFILE } from './maximal';

/** A part of a pod, as it is rendered. */
type Part = Readonly<Record<string, unknown>>;

const part = (value: unknown): Part => (value ?? {}) as Part;
const parts = (value: unknown): readonly Part[] => (value ?? []) as readonly Part[];
const words = (value: unknown): readonly string[] => (value ?? []) as readonly string[];

/** Every pod in an object, at whatever depth, as metadata and spec: of a template, of a job template, of a Rollout. */
function podsIn(value: unknown): Part[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = Array.isArray(value)
    ? []
    : [value as Part].filter(({ spec }) => Array.isArray(part(spec)['containers']));
  return [...own, ...Object.values(value).flatMap(podsIn)];
}

/** Types of volumes that `restricted` allows. */
const VOLUMES =
  'configMap csi downwardAPI emptyDir ephemeral persistentVolumeClaim projected secret image'.split(' ');

/** Those that every version of the profile allows. */
const SYSCTLS =
  'kernel.shm_rmid_forced net.ipv4.ip_local_port_range net.ipv4.ip_unprivileged_port_start net.ipv4.tcp_syncookies net.ipv4.ping_group_range'.split(
    ' ',
  );

const SELINUX = [undefined, '', 'container_t', 'container_init_t', 'container_kvm_t'];

/**
 * What of the profile `restricted` a pod does not keep, read here by its documentation and by nothing of ours.
 *
 * @source https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
function broken({ metadata, spec }: Part): string[] {
  const pod = part(spec);
  const own = part(pod['securityContext']);
  const found: string[] = [];
  const demand = (holds: boolean, what: string): void => {
    if (!holds) found.push(what);
  };
  for (const name of ['hostNetwork', 'hostPID', 'hostIPC']) demand(pod[name] !== true, name);
  for (const volume of parts(pod['volumes'])) {
    const types = Object.keys(volume).filter((key) => key !== 'name');
    demand(
      types.every((type) => VOLUMES.includes(type)),
      `volume ${types.join()}`,
    );
  }
  for (const { name } of parts(own['sysctls']))
    demand(SYSCTLS.includes(String(name)), `sysctls ${String(name)}`);
  for (const [key, value] of Object.entries(part(part(metadata)['annotations'])))
    if (key.startsWith('container.apparmor.security.beta.kubernetes.io/'))
      demand(/^(runtime\/default|localhost\/.*)?$/.test(String(value)), `appArmor ${key}`);
  const all = ['containers', 'initContainers', 'ephemeralContainers'].flatMap((list) => parts(pod[list]));
  for (const context of [own, ...all.map((container) => part(container['securityContext']))]) {
    const { user, role, type } = part(context['seLinuxOptions']);
    demand(SELINUX.includes(type as string) && (user ?? '') === '' && (role ?? '') === '', 'seLinuxOptions');
    demand(part(context['windowsOptions'])['hostProcess'] !== true, 'hostProcess');
    demand(confines(context['appArmorProfile'], true), 'appArmorProfile');
    demand(context['runAsUser'] !== 0, 'runAsUser');
  }
  for (const container of all) {
    const context = part(container['securityContext']);
    const { add, drop } = part(context['capabilities']);
    const name = String(container['name']);
    demand(context['privileged'] !== true, `privileged ${name}`);
    demand(context['allowPrivilegeEscalation'] === false, `allowPrivilegeEscalation ${name}`);
    demand((context['runAsNonRoot'] ?? own['runAsNonRoot']) === true, `runAsNonRoot ${name}`);
    demand(confines(context['seccompProfile'] ?? own['seccompProfile'], false), `seccompProfile ${name}`);
    demand(words(drop).includes('ALL'), `capabilities.drop ${name}`);
    demand(
      words(add).every((each) => each === 'NET_BIND_SERVICE'),
      `capabilities.add ${name}`,
    );
    demand([undefined, 'Default', ''].includes(context['procMount'] as string), `procMount ${name}`);
    demand(
      parts(container['ports']).every(({ hostPort }) => (hostPort ?? 0) === 0),
      `hostPort ${name}`,
    );
    for (const [hook, host] of hostsOf(container)) demand((host ?? '') === '', `host of ${hook} of ${name}`);
  }
  return found;
}

/** Whether a profile of AppArmor or seccomp is one that restricts something. */
function confines(profile: unknown, mayBeMissing: boolean): boolean {
  return profile === undefined
    ? mayBeMissing
    : ['RuntimeDefault', 'Localhost'].includes(part(profile)['type'] as string);
}

/** The hosts that the kubelet calls for a container, by the probe or hook. */
function hostsOf(container: Part): [hook: string, host: unknown][] {
  const { postStart, preStop } = part(container['lifecycle']);
  const { livenessProbe, readinessProbe, startupProbe } = container;
  return Object.entries({ livenessProbe, readinessProbe, startupProbe, postStart, preStop }).flatMap(
    ([hook, handler]) =>
      ['httpGet', 'tcpSocket'].map((action): [string, unknown] => [
        hook,
        part(part(handler)[action])['host'],
      ]),
  );
}

/** The pods of each program of a workload in a cluster. */
function podsOf(cluster: MaximalCluster, workload: Maximal, leaves?: RegExp): Part[][] {
  return renderedIn(cluster, workload, leaves).map((set) => [...set].flatMap(({ object }) => podsIn(object)));
}

/** Where the programs of `maximal.ts` ask for what `restricted` forbids. */
const LOOSENS =
  / ((hostNetwork|hostPID|hostIPC)|(.*\.)?(hostPort|\/node|\/nfs)|(.*\.)?(probe|lifecycle)\.(\w+\.)?host|security\.(profile|privileged|capabilities|seccomp)|containerSecurity\.(profile|privileged|allowPrivilegeEscalation|capabilities))$/;

const WORKLOADS = CONSTRUCTS.filter(({ name }) =>
  /^(WebService|Worker|StatefulService|NodeAgent|Job|CronJob|ScaledJob|Migration)$/.test(name),
);

describe.each(CLUSTERS)('with $has', (cluster) => {
  test.each(WORKLOADS)('the pods of a $name keep all of restricted, whatever its traits', (workload) => {
    const pods = podsOf(cluster, workload, LOOSENS);
    expect(pods.map(({ length }) => length)).not.toContain(0);
    expect(pods.flat().flatMap(broken)).toEqual([]);
  });
});

test('what a prop loosens is seen', () => {
  const loose = WORKLOADS.flatMap((workload) =>
    podsOf({ has: 'all', profile: PROFILE }, workload).flat().flatMap(broken),
  );
  expect([...new Set(loose.map((each) => each.split(' ')[0]))].sort()).toEqual(
    'allowPrivilegeEscalation capabilities.add capabilities.drop host hostIPC hostNetwork hostPID hostPort privileged runAsNonRoot seccompProfile volume'.split(
      ' ',
    ),
  );
});

test('what no prop loosens, an override does, and is seen', () => {
  const app = new App();
  const worker = new Worker(new Chart(app, 'shop'), 'app', { image: 'acme/app:1' });
  const lax = {
    seLinuxOptions: { type: 'spc_t' },
    windowsOptions: { hostProcess: true },
    appArmorProfile: { type: 'Unconfined' },
    runAsUser: 0,
  };
  worker.deployment.override({
    spec: {
      template: {
        metadata: { annotations: { 'container.apparmor.security.beta.kubernetes.io/app': 'unconfined' } },
        spec: {
          securityContext: { ...lax, sysctls: [{ name: 'kernel.msgmax', value: '1' }] },
          containers: [{ name: 'app', securityContext: { ...lax, procMount: 'Unmasked' } }],
        },
      },
    },
  });
  const pods = [...synth(app)].flatMap(({ object }) => podsIn(object));
  const each = ['seLinuxOptions', 'hostProcess', 'appArmorProfile', 'runAsUser'];
  expect(pods.flatMap(broken)).toEqual([
    'sysctls kernel.msgmax',
    'appArmor container.apparmor.security.beta.kubernetes.io/app',
    ...each,
    ...each,
    'procMount app',
  ]);
});
