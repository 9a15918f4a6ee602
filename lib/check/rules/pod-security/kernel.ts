import { oneOf } from '../../../errors';
import { show } from '../../../apiserver/admission/error-body';
import type { Field } from '../../../manifest/field';
import type { Pods } from '../../../graph/pods';
import type { Forbid, PodSecurityCheck } from './check';
import { securityContexts } from './check';
import { profile } from './confinement';

/** Namespaced sysctls, with the version of the standards that allows them. */
const SAFE_SYSCTLS: readonly (readonly [name: string, since: number])[] = [
  ['kernel.shm_rmid_forced', 0],
  ['net.ipv4.ip_local_port_range', 0],
  ['net.ipv4.tcp_syncookies', 0],
  ['net.ipv4.ping_group_range', 0],
  ['net.ipv4.ip_unprivileged_port_start', 0],
  ['net.ipv4.ip_local_reserved_ports', 27],
  ['net.ipv4.tcp_keepalive_time', 29],
  ['net.ipv4.tcp_fin_timeout', 29],
  ['net.ipv4.tcp_keepalive_intvl', 29],
  ['net.ipv4.tcp_keepalive_probes', 29],
  ['net.ipv4.tcp_rmem', 32],
  ['net.ipv4.tcp_wmem', 32],
  ['net.ipv4.tcp_slow_start_after_idle', 37],
  ['net.ipv4.tcp_notsent_lowat', 37],
];

const SELINUX_TYPES: readonly (readonly [name: string, since: number])[] = [
  ['', 0],
  ['container_t', 0],
  ['container_init_t', 0],
  ['container_kvm_t', 0],
  ['container_engine_t', 31],
];

const SECCOMP_POD = 'seccomp.security.alpha.kubernetes.io/pod';
const SECCOMP_CONTAINER = 'container.seccomp.security.alpha.kubernetes.io/';

/** Checks of baseline on kernel settings of a pod. */
export const KERNEL: readonly PodSecurityCheck[] = [
  {
    id: 'sysctls',
    level: 'baseline',
    run({ spec }, forbid, version) {
      const safe = allowed(SAFE_SYSCTLS, version);
      for (const sysctl of spec.child('securityContext').child('sysctls').items) {
        const name = sysctl.child('name');
        if (safe.includes(name.text)) continue;
        const message = `sets unsafe sysctl ${show(name.value)}`;
        forbid(name, message, `Remove it, or use ${oneOf(safe)}.`);
      }
    },
  },
  {
    id: 'seLinuxOptions',
    level: 'baseline',
    run(pod, forbid, version) {
      const types = allowed(SELINUX_TYPES, version);
      for (const context of securityContexts(pod)) seLinux(context.child('seLinuxOptions'), types, forbid);
    },
  },
  {
    id: 'seccompProfile_baseline',
    level: 'baseline',
    run(pod, forbid, version) {
      // From 1.19 on, the fields count and the annotations do not.
      if (version < 19) seccompAnnotations(pod, forbid);
      else for (const context of securityContexts(pod)) profile(context.child('seccompProfile'), forbid);
    },
  },
];

function allowed(names: readonly (readonly [string, number])[], version: number): string[] {
  return names.filter(([, since]) => version >= since).map(([name]) => name);
}

function seLinux(options: Field, types: readonly string[], forbid: Forbid): void {
  const type = options.child('type');
  if (!types.includes(type.text)) {
    const message = `sets SELinux type ${show(type.text)}`;
    forbid(type, message, `Remove it, or use ${oneOf(types.filter((name) => name !== ''))}.`);
  }
  for (const field of [options.child('user'), options.child('role')]) {
    if (field.text === '') continue;
    forbid(field, `sets SELinux ${field.name} ${show(field.text)}`, `Remove ${field.name}.`);
  }
}

function seccompAnnotations({ metadata, containers }: Pods, forbid: Forbid): void {
  const keys = [SECCOMP_POD, ...containers.map(({ name }) => SECCOMP_CONTAINER + name)];
  for (const annotation of keys.map((key) => metadata.child('annotations').key(key))) {
    const { text } = annotation;
    if (!annotation.isSet || text === 'runtime/default' || text === 'docker/default') continue;
    if (text.startsWith('localhost/')) continue;
    forbid(annotation, `uses seccomp profile ${show(text)}`, 'Use runtime/default.');
  }
}
