import type { Field } from '../../../manifest/field';
import type { Container, Pods } from '../../../graph/pods';
import type { Forbid, PodSecurityCheck } from './check';
import { hasUserNamespace, isWindows, securityContexts } from './check';
import { maskedProc, profile } from './confinement';

/** The volume types without storage of the node or the network. */
const VOLUME_TYPES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

/** Checks that `restricted` adds to baseline, or has instead. */
export const RESTRICTED: readonly PodSecurityCheck[] = [
  {
    id: 'allowPrivilegeEscalation',
    level: 'restricted',
    since: 8,
    run(pod, forbid, version) {
      if (version >= 25 && isWindows(pod)) return;
      for (const { field, name } of pod.containers) {
        const escalation = field.child('securityContext').child('allowPrivilegeEscalation');
        if (escalation.value === false) continue;
        const message = `container "${name}" allows privilege escalation`;
        forbid(escalation, message, 'Set allowPrivilegeEscalation: false.');
      }
    },
  },
  {
    id: 'capabilities_restricted',
    level: 'restricted',
    overrides: 'capabilities_baseline',
    since: 22,
    run(pod, forbid, version) {
      if (version >= 25 && isWindows(pod)) return;
      for (const container of pod.containers) droppedCapabilities(container, forbid);
    },
  },
  {
    id: 'procMount_restricted',
    level: 'restricted',
    overrides: 'procMount',
    since: 35,
    run: maskedProc,
  },
  {
    id: 'restrictedVolumes',
    level: 'restricted',
    overrides: 'hostPathVolumes',
    run({ spec }, forbid) {
      for (const volume of spec.child('volumes').items) {
        const source = volume.entries.find(({ name, isSet }) => isSet && name !== 'name');
        // A volume with only a name is an emptyDir.
        if (source === undefined || VOLUME_TYPES.some((type) => volume.child(type).isSet)) continue;
        const field = volume.child(source.name);
        const message = `uses volume type ${source.name}`;
        forbid(field, message, 'Use persistentVolumeClaim for storage of the cluster.');
      }
    },
  },
  {
    id: 'runAsNonRoot',
    level: 'restricted',
    run(pod, forbid, version) {
      if (version >= 35 && hasUserNamespace(pod)) return;
      const settings = securityContexts(pod).map((context) => context.child('runAsNonRoot'));
      const wrong = settings.filter(({ value }) => value === false);
      for (const field of wrong) forbid(field, 'may run as root (runAsNonRoot: false)', NON_ROOT);
      if (wrong.length === 0) atLeastOnce(pod, settings, 'may run as root', NON_ROOT, forbid);
    },
  },
  {
    id: 'runAsUser',
    level: 'restricted',
    since: 23,
    run(pod, forbid, version) {
      if (version >= 35 && hasUserNamespace(pod)) return;
      for (const context of securityContexts(pod)) {
        const user = context.child('runAsUser');
        if (user.value === 0)
          forbid(user, 'runs as root (runAsUser: 0)', 'Set runAsUser to a non-zero user ID.');
      }
    },
  },
  {
    id: 'seccompProfile_restricted',
    level: 'restricted',
    overrides: 'seccompProfile_baseline',
    since: 19,
    run(pod, forbid, version) {
      if (version >= 25 && isWindows(pod)) return;
      let wrong = 0;
      const profiles = securityContexts(pod).map((context) => context.child('seccompProfile'));
      for (const each of profiles)
        profile(each, (...error) => {
          wrong++;
          forbid(...error);
        });
      const types = profiles.map((each) => each.child('type'));
      if (wrong === 0) atLeastOnce(pod, types, 'has no seccomp profile', SECCOMP, forbid);
    },
  },
];

const NON_ROOT = 'Set runAsNonRoot: true.';
const SECCOMP = 'Set seccompProfile: { type: RuntimeDefault }.';

function droppedCapabilities({ field, name }: Container, forbid: Forbid): void {
  const capabilities = field.child('securityContext').child('capabilities');
  const drop = capabilities.child('drop');
  if (!drop.texts.includes('ALL'))
    forbid(drop, `container "${name}" does not drop ALL capabilities`, 'Set drop: [ALL].');
  for (const added of capabilities.child('add').items) {
    if (added.text === 'NET_BIND_SERVICE') continue;
    const message = `container "${name}" adds capability "${added.text}"`;
    forbid(added, message, 'Remove it. Only NET_BIND_SERVICE is allowed.');
  }
}

/**
 * Requires a setting on the pod, or else on each of its containers.
 *
 * @param settings that of the pod, then those of its containers
 */
function atLeastOnce(
  { containers }: Pods,
  [ofPod, ...ofContainers]: readonly Field[],
  message: string,
  hint: string,
  forbid: Forbid,
): void {
  if (ofPod === undefined || ofPod.isSet) return;
  const without = containers.filter((_, index) => ofContainers[index]?.isSet !== true);
  if (without.length === 0) return;
  const all = without.length === containers.length;
  const names = without.map(({ name }) => `"${name}"`).join(', ');
  forbid(ofPod, all ? message : `${message} in container ${names}`, hint);
}
