import type { Field } from '../../../manifest/field';
import type { Container, Pods } from '../../../graph/pods';
import type { Forbid, PodSecurityCheck } from './check';
import { hasUserNamespace, isWindows, securityContexts } from './check';
import { maskedProc, profile } from './confinement';

/** The types of volumes that hold nothing of the node or the network. */
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

/** Checks that `restricted` adds to baseline, or has in its place. */
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
        const message = `lets the container "${name}" gain more rights than it starts with`;
        forbid(escalation, message, 'Write allowPrivilegeEscalation: false.');
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
        // A volume that says nothing but its name is an empty directory.
        if (source === undefined || VOLUME_TYPES.some((type) => volume.child(type).isSet)) continue;
        const field = volume.child(source.name);
        const message = `has a volume of type ${source.name}`;
        forbid(field, message, 'Use a claim for storage that the cluster provides.');
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
        if (user.value === 0) forbid(user, 'runs as root (runAsUser: 0)', 'Name another user.');
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
        profile(each, (...told) => {
          wrong++;
          forbid(...told);
        });
      const types = profiles.map((each) => each.child('type'));
      if (wrong === 0) atLeastOnce(pod, types, 'may make any system call', SECCOMP, forbid);
    },
  },
];

const NON_ROOT = 'Write runAsNonRoot: true.';
const SECCOMP = 'Write seccompProfile: { type: RuntimeDefault }.';

function droppedCapabilities({ field, name }: Container, forbid: Forbid): void {
  const capabilities = field.child('securityContext').child('capabilities');
  const drop = capabilities.child('drop');
  if (!drop.texts.includes('ALL'))
    forbid(drop, `leaves the container "${name}" its default capabilities`, 'Write drop: [ALL].');
  for (const added of capabilities.child('add').items) {
    if (added.text === 'NET_BIND_SERVICE') continue;
    const message = `gives the container "${name}" the capability ${added.text}`;
    forbid(added, message, 'Remove it. Allowed is NET_BIND_SERVICE.');
  }
}

/**
 * Asks for a setting on the pod, or else on each of its containers.
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
  forbid(ofPod, all ? message : `${message} in the container ${names}`, hint);
}
