import type { CheckedField } from '../../checked-field';
import { allContainers } from './context';
import { tolerations } from './scheduling';

export const SECCOMP_POD = 'seccomp.security.alpha.kubernetes.io/pod';
export const SECCOMP_CONTAINER = 'container.seccomp.security.alpha.kubernetes.io/';
export const APP_ARMOR = 'container.apparmor.security.beta.kubernetes.io/';
const DELETION_COST = 'controller.kubernetes.io/pod-deletion-cost';
const MIRROR = 'kubernetes.io/config.mirror';
const TOLERATIONS = 'scheduler.alpha.kubernetes.io/tolerations';

/**
 * Annotations of a pod or its template that have a meaning in Kubernetes.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidatePodSpecificAnnotations 1.36
 */
export function podAnnotations(map: CheckedField, spec: CheckedField): void {
  const mirror = map.key(MIRROR);
  if (mirror.isSet && spec.child('nodeName').text === '')
    mirror.invalid('must not be set without spec.nodeName');
  if (map.key(TOLERATIONS).text !== '') tolerationsAsText(map);
  const cost = map.key(DELETION_COST);
  if (cost.isSet && !isInt32(cost.text)) cost.invalid('must be a 32-bit integer');
  for (const annotation of map.entries) {
    const { name, text } = annotation;
    // In the server's paths, these keys follow a dot.
    if (name === SECCOMP_POD || name.startsWith(SECCOMP_CONTAINER)) seccomp(map.child(name), text);
    if (name.startsWith(APP_ARMOR)) appArmor(annotation, spec);
  }
}

/**
 * Tolerations were an annotation before they were a field, and the annotation must still be valid.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateTolerationsInPodAnnotations 1.36
 */
function tolerationsAsText(map: CheckedField): void {
  const list = jsonOf(map.key(TOLERATIONS).text);
  const isList = Array.isArray(list) && list.every((item) => typeof item === 'object' && item !== null);
  if (isList) tolerations(map.child(TOLERATIONS).holding(list));
  else map.invalid(`${TOLERATIONS} must be a list of tolerations in JSON`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateSeccompPodAnnotations, ValidateSeccompProfile 1.36 */
function seccomp(at: CheckedField, profile: string): void {
  if (['runtime/default', 'docker/default', 'unconfined'].includes(profile)) return;
  if (!profile.startsWith('localhost/'))
    return at.holding(profile).invalid('must be a valid seccomp profile');
  const path = profile.slice('localhost/'.length);
  if (path.startsWith('/')) at.invalid('must have a relative path');
  if (path.split('/').includes('..')) at.invalid('must not have ".." between its slashes');
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateAppArmorPodAnnotations, ValidateAppArmorProfileFormat 1.36 */
function appArmor(annotation: CheckedField, spec: CheckedField): void {
  const container = annotation.name.slice(APP_ARMOR.length);
  if (!allContainers(spec).some((each) => each.child('name').text === container)) {
    annotation.holding(container).invalid('container not found');
  }
  const { text } = annotation;
  if (['', 'runtime/default', 'unconfined'].includes(text) || text.startsWith('localhost/')) return;
  annotation.holding(text).invalid('must be a valid AppArmor profile');
}

/**
 * A 32-bit integer that Go's strconv parses and Kubernetes accepts: no leading zeros or plus sign.
 *
 * @source k8s.io/kubernetes pkg/apis/core/helper/helpers.go GetDeletionCostFromPodAnnotations 1.36
 */
function isInt32(text: string): boolean {
  return /^(0|-?[1-9]\d*)$/.test(text) && Math.abs(Number(text)) <= 2 ** 31 - (text.startsWith('-') ? 0 : 1);
}
