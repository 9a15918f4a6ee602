import type { CheckedField } from '../../checked-field';
import { attributeName } from './names';

const MOST_ATTRIBUTES_AND_CAPACITIES = 32;
const MOST_ATTRIBUTES = 48;
const LONGEST_VALUE = 64;
const KINDS = ['bool', 'int', 'string', 'version'];

const NUMBER = '(?:0|[1-9]\\d*)';
const PRE_RELEASE = `(?:${NUMBER}|\\d*[a-zA-Z-][0-9a-zA-Z-]*)`;
const BUILD = '[0-9a-zA-Z-]+';
/** A version by semver.org 2.0.0. */
const SEMVER = new RegExp(
  `^${NUMBER}\\.${NUMBER}\\.${NUMBER}(?:-${PRE_RELEASE}(?:\\.${PRE_RELEASE})*)?(?:\\+${BUILD}(?:\\.${BUILD})*)?$`,
);

/**
 * The attributes of a device, each with one value of one type.
 *
 * @source k8s.io/kubernetes pkg/apis/resource/validation/validation.go validateDeviceAttribute, validateDeviceAttributeStringValue, validateDeviceAttributeVersionValue 1.36
 */
export function attributes(device: CheckedField): void {
  const map = device.child('attributes');
  for (const attribute of map.entries) {
    attributeName(attribute.name, map);
    const given = KINDS.map((kind) => attribute.child(kind)).filter((value) => value.isSet);
    if (given.length !== 1) attribute.invalid(`must have one of ${KINDS.join(', ')}`);
    const version = attribute.child('version');
    if (version.isSet && !isVersion(version.text)) version.invalid('must be a version, such as 1.2.3');
    for (const value of [attribute.child('string'), version]) {
      if (Buffer.byteLength(value.text) > LONGEST_VALUE) value.tooLong(LONGEST_VALUE);
    }
  }
}

/**
 * Attributes and capacities share one limit.
 *
 * @source k8s.io/kubernetes pkg/apis/resource/validation/validation.go validateDevice 1.36
 */
export function deviceAttributesMost(device: CheckedField): void {
  const [attributeCount, capacityCount] = [device.child('attributes').size, device.child('capacity').size];
  if (attributeCount + capacityCount > MOST_ATTRIBUTES_AND_CAPACITIES)
    device.invalid(`must have at most ${MOST_ATTRIBUTES_AND_CAPACITIES} attributes and capacities`);
  if (attributeCount > MOST_ATTRIBUTES) device.invalid(`must have at most ${MOST_ATTRIBUTES} attributes`);
}

/**
 * Longer text is rejected without matching.
 *
 * @source k8s.io/kubernetes pkg/apis/resource/validation/validation.go validateDeviceAttributeVersionValue 1.36
 */
function isVersion(text: string): boolean {
  return text.length <= LONGEST_VALUE ? SEMVER.test(text) : true;
}
