import type { Field } from '../../manifest/field';
import { bytes } from './amounts';
import { quoted, type Warnings } from './warning';

const SECCOMP = 'container.seccomp.security.alpha.kubernetes.io/';
const SECCOMP_POD = 'seccomp.security.alpha.kubernetes.io/pod';
const SECCOMP_MESSAGE = 'non-functional in v1.27+; use the "seccompProfile" field instead';
const APPARMOR = 'container.apparmor.security.beta.kubernetes.io/';
const APPARMOR_MESSAGE = 'deprecated since v1.30; use the "appArmorProfile" field instead';

/** @source k8s.io/kubernetes pkg/api/pod/warnings.go warningsForPodSpecAndMeta 1.37 */
export function podContainer(container: Field, warnings: Warnings): void {
  for (const side of ['limits', 'requests'])
    for (const resource of ['memory', 'ephemeral-storage'])
      bytes(container.at('resources', side).key(resource), warnings);
  environment(container.list('env'), warnings);
}

/** A variable that is set again, and does not refer to what it was. */
function environment(variables: readonly Field[], warnings: Warnings): void {
  const seen = new Set<string>();
  for (const variable of variables) {
    const name = variable.child('name').text;
    if (!seen.has(name)) {
      seen.add(name);
      continue;
    }
    if (!warnings.since('1.28')) {
      warnings.add(variable.child('name'), `duplicate name ${quoted(name)}`);
      continue;
    }
    const [value, itself] = [variable.child('value').text, `$(${name})`];
    const isExtended = !variable.child('valueFrom').isSet && value !== itself && value.includes(itself);
    if (isExtended) continue;
    const risk = warnings.since('1.30') ? ', which may be dropped when using apply' : '';
    warnings.add(variable, `hides previous definition of ${quoted(name)}${risk}`);
  }
}

/**
 * Annotations that were fields before there were fields, without those.
 *
 * @param isTemplate a Pod itself is compared as validation has it: the server makes the field of the annotation
 * @source k8s.io/kubernetes pkg/api/pod/warnings.go warningsForPodSpecAndMeta 1.37
 * @source k8s.io/kubernetes pkg/registry/core/pod/strategy.go applyAppArmorVersionSkew 1.37
 */
export function profileAnnotations(
  { spec, annotations, containers }: Parts,
  isTemplate: boolean,
  warnings: Warnings,
): void {
  const podSecurity = spec.child('securityContext');
  const seccomp = annotations.key(SECCOMP_POD);
  if (seccomp.isSet && !podSecurity.child('seccompProfile').isSet) warnings.add(seccomp, SECCOMP_MESSAGE);
  const isWindows = !isTemplate && spec.at('os', 'name').text === 'windows';
  for (const container of containers) {
    const name = container.child('name').text;
    const security = container.child('securityContext');
    const own = annotations.key(`${SECCOMP}${name}`);
    if (own.isSet && !security.child('seccompProfile').isSet) warnings.add(own, SECCOMP_MESSAGE);
    const appArmor = annotations.key(`${APPARMOR}${name}`);
    if (!appArmor.isSet || isWindows || !warnings.since('1.30')) continue;
    if (security.child('appArmorProfile').isSet) continue;
    if (!isCovered(appArmor.text, podSecurity.child('appArmorProfile'), isTemplate, warnings))
      warnings.add(appArmor, APPARMOR_MESSAGE);
  }
}

/** What the annotations are about. */
export interface Parts {
  readonly spec: Field;
  readonly annotations: Field;
  readonly containers: readonly Field[];
}

/** Whether the profile of the pod says the same as the annotation; before 1.34, any did for a template. */
function isCovered(annotation: string, profile: Field, isTemplate: boolean, warnings: Warnings): boolean {
  if (!profile.isSet) return false;
  if (isTemplate && !warnings.since('1.34')) return true;
  const type = profile.child('type').text;
  if (annotation === 'unconfined') return type === 'Unconfined';
  if (annotation === 'runtime/default') return type === 'RuntimeDefault';
  const localhost = `localhost/${profile.child('localhostProfile').text}`;
  return type === 'Localhost' && annotation === localhost && annotation !== 'localhost/';
}
