import type { CheckedField } from '../../checked-field';
import { APP_ARMOR, SECCOMP_CONTAINER, SECCOMP_POD } from './annotations';
import { allContainers } from './context';

const LOCALHOST = 'localhost/';
const LONGEST_PROFILE = 4095;
const SECCOMP_DEFAULTS = ['runtime/default', 'docker/default'];
const HINT = 'Leave out the annotation.';
const APP_ARMOR_DEFAULTS = ['runtime/default'];

/**
 * Profiles that are set by field and by the deprecated annotation must match.
 *
 *
 * @param isPod for a Pod itself, the server first converts the AppArmor annotations to fields
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateSeccompAnnotationsAndFields, validateAppArmorAnnotationsAndFieldsMatchOnCreate 1.36
 * @source k8s.io/kubernetes pkg/registry/core/pod/strategy.go applyAppArmorVersionSkew 1.36
 */
export function matchingProfiles(annotations: CheckedField, spec: CheckedField, isPod: boolean): void {
  const context = spec.child('securityContext');
  mustMatch(context.child('seccompProfile'), annotations.key(SECCOMP_POD), SECCOMP_DEFAULTS);
  for (const container of allContainers(spec)) {
    const name = container.child('name').text;
    const own = container.child('securityContext');
    mustMatch(own.child('seccompProfile'), annotations.key(SECCOMP_CONTAINER + name), SECCOMP_DEFAULTS);
  }
  if (spec.child('os').child('name').text === 'windows' || annotations.size === 0) return;
  if (!annotations.isOn('AppArmorFields')) return;
  for (const container of allContainers(spec)) {
    const annotation = annotations.key(APP_ARMOR + container.child('name').text);
    const own = container.child('securityContext').child('appArmorProfile');
    if (isPod && !own.isSet && isProfile(annotation.text)) continue;
    const profile = own.isSet ? own : own.holding(context.child('appArmorProfile').value);
    mustMatch(profile, annotation, APP_ARMOR_DEFAULTS);
  }
}

function mustMatch(profile: CheckedField, { isSet, text }: CheckedField, defaults: readonly string[]): void {
  if (!profile.isSet || !isSet) return;
  const [type, localhost] = [profile.child('type'), profile.child('localhostProfile')];
  const mismatch = 'must match the deprecated annotation';
  switch (type.text) {
    case 'Unconfined':
      if (text !== 'unconfined') type.forbidden(mismatch, HINT);
      return;
    case 'RuntimeDefault':
      if (!defaults.includes(text)) type.forbidden(mismatch, HINT);
      return;
    case 'Localhost':
      if (!text.startsWith(LOCALHOST)) type.forbidden(mismatch, HINT);
      else if (!localhost.isSet || localhost.text !== text.slice(LOCALHOST.length)) {
        localhost.forbidden(mismatch, HINT);
      }
  }
}

/** Whether an annotation can be converted to a field. */
function isProfile(text: string): boolean {
  if (text === 'unconfined' || text === 'runtime/default') return true;
  const name = text.slice(LOCALHOST.length);
  if (!text.startsWith(LOCALHOST) || name === '') return false;
  return name.trim() === name && Buffer.byteLength(name) <= LONGEST_PROFILE;
}
