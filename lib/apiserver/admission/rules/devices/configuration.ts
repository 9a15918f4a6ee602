import type { CheckedField } from '../../checked-field';
import { driverName } from './names';
import { jsonText } from '../../../../manifest/json-text';

const LONGEST_PARAMETERS = 10 * 1024;

/**
 * Opaque parameters for a driver.
 *
 * @source k8s.io/kubernetes pkg/apis/resource/validation/validation.go validateDeviceConfiguration, validateOpaqueConfiguration, validateRawExtension 1.36
 */
export function deviceConfiguration(field: CheckedField): void {
  const opaque = field.child('opaque');
  if (!opaque.isSet) return opaque.required();
  driverName(opaque.child('driver'));
  const parameters = opaque.child('parameters');
  if (!parameters.isSet) return parameters.required();
  if (Buffer.byteLength(jsonText(parameters.value)) > LONGEST_PARAMETERS)
    return parameters.tooLong(LONGEST_PARAMETERS);
  if (typeof parameters.value !== 'object' || Array.isArray(parameters.value))
    parameters.invalid('must be an object');
}
