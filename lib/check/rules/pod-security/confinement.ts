import { oneOf } from '../../../errors';
import { show } from '../../../apiserver/admission/checked-field';
import type { Pods } from '../../../graph/pods';
import type { Forbid, PodSecurityCheck } from './check';
import { hasUserNamespace, securityContexts } from './check';

/** What a container runtime gives every container anyway. */
const DEFAULT_CAPABILITIES = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];

const APP_ARMOR_ANNOTATION = 'container.apparmor.security.beta.kubernetes.io/';

/** Checks of baseline on what holds a container inside. */
export const CONFINEMENT: readonly PodSecurityCheck[] = [
  {
    id: 'privileged',
    level: 'baseline',
    run({ containers }, forbid) {
      for (const { field, name } of containers) {
        const privileged = field.child('securityContext').child('privileged');
        if (!privileged.isTrue) continue;
        const message = `runs the container "${name}" as root of the node (privileged: true)`;
        forbid(privileged, message, 'Remove privileged, and add the capabilities that it needs.');
      }
    },
  },
  {
    id: 'capabilities_baseline',
    level: 'baseline',
    run({ containers }, forbid) {
      for (const { field, name } of containers) {
        for (const added of field.child('securityContext').child('capabilities').child('add').items) {
          if (DEFAULT_CAPABILITIES.includes(added.text)) continue;
          const message = `gives the container "${name}" the capability ${show(added.value)}`;
          forbid(added, message, `Remove it. Allowed are ${oneOf(DEFAULT_CAPABILITIES)}.`);
        }
      }
    },
  },
  {
    id: 'procMount',
    level: 'baseline',
    run(pod, forbid, version) {
      if (version < 35 || !hasUserNamespace(pod)) maskedProc(pod, forbid);
    },
  },
  {
    id: 'appArmorProfile',
    level: 'baseline',
    run(pod, forbid) {
      for (const context of securityContexts(pod)) profile(context.child('appArmorProfile'), forbid);
      for (const annotation of pod.metadata.child('annotations').entries) {
        const { name, text } = annotation;
        if (!name.startsWith(APP_ARMOR_ANNOTATION)) continue;
        if (text === '' || text === 'runtime/default' || text.startsWith('localhost/')) continue;
        forbid(annotation, `asks for the AppArmor profile ${show(text)}`, 'Write runtime/default.');
      }
    },
  },
];

/** Forbids every view of /proc but the one in which the runtime hides what is the node's. */
export function maskedProc({ containers }: Pods, forbid: Forbid): void {
  for (const { field, name } of containers) {
    const procMount = field.child('securityContext').child('procMount');
    if (!procMount.isSet || procMount.text === 'Default') continue;
    const message = `shows the container "${name}" all of /proc (procMount: ${procMount.text})`;
    forbid(procMount, message, 'Remove procMount.');
  }
}

/** Forbids a profile of the kernel that holds back nothing. */
export function profile(profile: Pods['spec'], forbid: Forbid): void {
  const type = profile.child('type');
  if (!profile.isSet || type.text === 'RuntimeDefault' || type.text === 'Localhost') return;
  const message = `switches off what the kernel holds a container to (${profile.name}.type: ${type.text})`;
  forbid(type, message, 'Write RuntimeDefault, or Localhost with a profile of your own.');
}
