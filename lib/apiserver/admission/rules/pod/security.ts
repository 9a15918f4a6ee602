import { dnsSubdomain } from '../../../../kube/names';
import type { CheckedField } from '../../checked-field';
import { descendingPath } from '../files';
import { usesHostUsers } from './context';
import type { PodContext } from './context';

const PROFILES = ['Localhost', 'RuntimeDefault', 'Unconfined'];
const SYSCTL = /^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$/;
const NETWORK_SYSCTL = /^net[./]/;
const IPC_SYSCTL = /^(kernel[./](shm|msg|sem)|fs[./]mqueue[./])/;

/**
 * `securityContext` of a container.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateSecurityContext 1.36
 */
export function containerSecurity(context: CheckedField, pod: PodContext): void {
  if (!context.isSet) return;
  userAndGroup(context);
  const procMount = context.child('procMount');
  if (procMount.isSet) {
    procMount.mustBeOneOf(['Default', 'Unmasked']);
    if (procMount.text === 'Unmasked' && usesHostUsers(pod)) {
      procMount.invalid('must not be Unmasked, unless hostUsers of the pod is false');
    }
  }
  seccompProfile(context.child('seccompProfile'));
  if (context.child('allowPrivilegeEscalation').value === false) {
    if (context.child('privileged').isTrue)
      context.invalid('must not be privileged without privilege escalation');
    const added = context.child('capabilities').child('add').texts;
    for (const _ of added.filter((capability) => capability === 'CAP_SYS_ADMIN')) {
      context.invalid('must not add CAP_SYS_ADMIN without privilege escalation');
    }
  }
  windowsOptions(context.child('windowsOptions'));
  appArmorProfile(context.child('appArmorProfile'));
}

/**
 * `securityContext` of a pod.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validatePodSpecSecurityContext 1.36
 */
export function podSecurity(spec: CheckedField): void {
  const context = spec.child('securityContext');
  const fsGroup = context.child('fsGroup');
  if (fsGroup.isSet) mustBeId(fsGroup);
  userAndGroup(context);
  for (const group of context.child('supplementalGroups').items) mustBeId(group);
  if (spec.child('shareProcessNamespace').isTrue && spec.child('hostPID').isTrue) {
    // Until 1.36 the server reports it as a field of the security context.
    const at = spec.since('1.37') ? spec : context;
    at.child('shareProcessNamespace').invalid('must not be true together with hostPID');
  }
  sysctls(context.child('sysctls'), spec);
  mayBeOneOf(context.child('fsGroupChangePolicy'), ['Always', 'OnRootMismatch']);
  seccompProfile(context.child('seccompProfile'));
  windowsOptions(context.child('windowsOptions'));
  appArmorProfile(context.child('appArmorProfile'));
  mayBeOneOf(context.child('supplementalGroupsPolicy'), ['Merge', 'Strict']);
  const change = context.child('seLinuxChangePolicy');
  if (change.isSet)
    change.mustBeOneOf(change.isOn('SELinuxMount') ? ['MountOption', 'Recursive'] : ['Recursive']);
}

export function mayBeOneOf(field: CheckedField, values: readonly string[]): void {
  if (field.isSet) field.mustBeOneOf(values);
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateSecurityContext 1.36 */
function userAndGroup(context: CheckedField): void {
  for (const name of ['runAsUser', 'runAsGroup']) {
    if (context.child(name).isSet) mustBeId(context.child(name));
  }
}

/**
 * User and group IDs have 31 bits, although the field has 64.
 *
 * @source k8s.io/apimachinery pkg/util/validation/validation.go IsValidUserID, IsValidGroupID 1.36
 */
function mustBeId(field: CheckedField): void {
  field.mustBeWithin(0, 2 ** 31 - 1);
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateSysctls 1.36 */
function sysctls(list: CheckedField, spec: CheckedField): void {
  const seen = new Set<string>();
  for (const sysctl of list.items) {
    const name = sysctl.child('name');
    if (name.text === '') name.required();
    else if (name.text.length > 253 || !SYSCTL.test(name.text)) name.invalid('must be the name of a sysctl');
    else if (seen.has(name.text)) name.duplicate();
    if (name.since('1.29')) sysctlOfPodAlone(name, spec);
    seen.add(name.text);
  }
}

/**
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateSysctls 1.36
 * @source k8s.io/component-helpers node/util/sysctl/sysctl.go NormalizeName 1.36
 */
function sysctlOfPodAlone(name: CheckedField, spec: CheckedField): void {
  if (NETWORK_SYSCTL.test(name.text) && spec.child('hostNetwork').isTrue) {
    name.invalid('must not be set with hostNetwork, since it would change the node');
  } else if (IPC_SYSCTL.test(name.text) && spec.child('hostIPC').isTrue) {
    name.invalid('must not be set with hostIPC, since it would change the node');
  }
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateSeccompProfileField 1.36 */
function seccompProfile(profile: CheckedField): void {
  if (!profile.isSet) return;
  const [type, localhost] = [profile.child('type'), profile.child('localhostProfile')];
  if (type.needs()) type.mustBeOneOf(PROFILES);
  if (type.text !== 'Localhost') {
    if (localhost.isSet) localhost.invalid('must not be set unless type is Localhost');
  } else if (localhost.isSet) descendingPath(localhost);
  else localhost.required('must be set with the type Localhost');
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateAppArmorProfileField 1.36 */
function appArmorProfile(profile: CheckedField): void {
  if (!profile.isSet) return;
  const [type, localhost] = [profile.child('type'), profile.child('localhostProfile')];
  if (!type.needs() || !type.mustBeOneOf(PROFILES)) return;
  if (type.text !== 'Localhost') {
    if (localhost.isSet) localhost.invalid('must not be set unless type is Localhost');
    return;
  }
  if (!localhost.isSet || localhost.text === '')
    return localhost.required('must be set with the type Localhost');
  if (localhost.text.trim() !== localhost.text) localhost.invalid('must not begin or end with white space');
  if (Buffer.byteLength(localhost.text) > 4095) localhost.tooLong(4095);
}

/**
 * The rules of Windows for a user name, and of Active Directory for a credential.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateWindowsSecurityContextOptions 1.36
 */
function windowsOptions(options: CheckedField): void {
  const [specName, spec, user] = ['gmsaCredentialSpecName', 'gmsaCredentialSpec', 'runAsUserName'].map(
    (name) => options.child(name),
  ) as [CheckedField, CheckedField, CheckedField];
  if (specName.isSet) specName.must(dnsSubdomain);
  if (spec.isSet) {
    const length = Buffer.byteLength(spec.text);
    if (length === 0 || length > 64 * 1024) spec.invalid('must be text of at most 64 KiB');
  }
  if (user.isSet) user.must(windowsUserName);
}

function windowsUserName(name: string): string | undefined {
  if (name === '') return 'must not be empty';
  if (/[\x00-\x1f\x7f]/.test(name)) return 'must not have control characters';
  const parts = name.split('\\');
  if (parts.length > 2) return 'must have at most one backslash, between domain and user';
  const [user = '', domain] = parts.reverse();
  if (domain !== undefined && !isWindowsDomain(domain))
    return 'must have a NetBIOS or DNS name as its domain';
  if (user === '' || Buffer.byteLength(user) > 104) return 'must have a user of 1 to 104 characters';
  if (/^[. ]+$/.test(user)) return 'must have more than dots and spaces as its user';
  return /["/\\:;|=,+*?<>@[\]]/.test(user) ? 'must have no special characters in its user' : undefined;
}

function isWindowsDomain(domain: string): boolean {
  const label = '[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?';
  if (domain.length >= 256) return false;
  return (
    /^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}$/.test(domain) ||
    new RegExp(`^${label}(?:\\.${label})*$`).test(domain)
  );
}
