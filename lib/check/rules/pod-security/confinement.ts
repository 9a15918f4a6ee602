import { oneOf } from '../../../errors';
import { show } from '../../../apiserver/admission/error-body';
import type { Pods } from '../../../graph/pods';
import type { Forbid, PodSecurityCheck } from './check';
import { BASELINE_CAPABILITIES } from '../../../kube/capabilities';
import { hasUserNamespace, securityContexts } from './check';

const APP_ARMOR_ANNOTATION = 'container.apparmor.security.beta.kubernetes.io/';

/** Checks of baseline on the isolation of containers. */
export const CONFINEMENT: readonly PodSecurityCheck[] = [
  {
    id: 'privileged',
    level: 'baseline',
    run({ containers }, forbid) {
      for (const { field, name } of containers) {
        const privileged = field.child('securityContext').child('privileged');
        if (!privileged.isTrue) continue;
        const message = `container "${name}" is privileged`;
        forbid(privileged, message, 'Remove privileged, and add only the capabilities it needs.');
      }
    },
  },
  {
    id: 'capabilities_baseline',
    level: 'baseline',
    run({ containers }, forbid) {
      for (const { field, name } of containers) {
        for (const added of field.child('securityContext').child('capabilities').child('add').items) {
          if (BASELINE_CAPABILITIES.includes(added.text)) continue;
          const message = `container "${name}" adds capability ${show(added.value)}`;
          forbid(added, message, `Remove it, or use ${oneOf(BASELINE_CAPABILITIES)}.`);
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
        forbid(annotation, `uses AppArmor profile ${show(text)}`, 'Use runtime/default.');
      }
    },
  },
];

/** Forbids every procMount but Default, in which the runtime masks the paths of the node. */
export function maskedProc({ containers }: Pods, forbid: Forbid): void {
  for (const { field, name } of containers) {
    const procMount = field.child('securityContext').child('procMount');
    if (!procMount.isSet || procMount.text === 'Default') continue;
    const message = `container "${name}" sets procMount: ${procMount.text}`;
    forbid(procMount, message, 'Remove procMount.');
  }
}

/** Forbids a seccomp or AppArmor profile that restricts nothing. */
export function profile(profile: Pods['spec'], forbid: Forbid): void {
  const type = profile.child('type');
  if (!profile.isSet || type.text === 'RuntimeDefault' || type.text === 'Localhost') return;
  const message = `sets ${profile.name}.type: ${type.text}`;
  forbid(type, message, 'Use RuntimeDefault, or Localhost with your own profile.');
}
