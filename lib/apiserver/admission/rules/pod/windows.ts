import type { CheckedField } from '../../checked-field';
import { allContainers } from './context';

const POD_FIELDS = ['hostUsers', 'hostPID', 'hostIPC', 'shareProcessNamespace'];
const POD_CONTEXT = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'fsGroup',
  'fsGroupChangePolicy',
  'sysctls',
  'runAsUser',
  'runAsGroup',
  'supplementalGroups',
  'supplementalGroupsPolicy',
  'seLinuxChangePolicy',
];
const CONTAINER_CONTEXT = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'capabilities',
  'readOnlyRootFilesystem',
  'privileged',
  'allowPrivilegeEscalation',
  'procMount',
  'runAsUser',
  'runAsGroup',
];

/**
 * `os` of a pod, and the fields that its operating system does not support.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateOS, validateWindows, validateLinux 1.36
 */
export function operatingSystem(spec: CheckedField): void {
  const os = spec.child('os');
  if (!os.isSet) return;
  const name = os.child('name');
  if (!name.needs()) return;
  // The server reports the error for the struct.
  if (!os.holding(name.value).mustBeOneOf(['linux', 'windows'])) return;
  const contexts = allContainers(spec).map((container) => container.child('securityContext'));
  if (name.text === 'linux') {
    for (const context of [spec.child('securityContext'), ...contexts])
      forbid(context, ['windowsOptions'], 'Linux');
    return;
  }
  forbid(spec, POD_FIELDS, 'Windows');
  forbid(spec.child('securityContext'), POD_CONTEXT, 'Windows');
  for (const context of contexts) forbid(context, CONTAINER_CONTEXT, 'Windows');
}

function forbid(parent: CheckedField, names: readonly string[], os: string): void {
  for (const name of names) {
    const field = parent.child(name);
    if (field.isSet) field.forbidden(`must not be set for a pod on ${os}`);
  }
}

/**
 * HostProcess containers of Windows: all containers of a pod or none, and in the host network.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateWindowsHostProcessPod 1.36
 */
export function hostProcess(spec: CheckedField): void {
  const ofPod = optionOf(spec);
  const containers = allContainers(spec);
  let count = 0;
  for (const container of containers) {
    const own = optionOf(container);
    if (ofPod.isSet && own.isSet && ofPod.value !== own.value) own.invalid('must be what the pod says');
    if (own.isSet ? own.isTrue : ofPod.isTrue) count++;
  }
  if (count === 0) return;
  if (count !== containers.length) spec.invalid('must have hostProcess for all containers or for none');
  const hostNetwork = spec.child('hostNetwork');
  if (!hostNetwork.isTrue) hostNetwork.invalid('must be true where containers are processes of the node');
}

function optionOf(owner: CheckedField): CheckedField {
  return owner.child('securityContext').child('windowsOptions').child('hostProcess');
}
