import { labelKey } from '../../../../kube/labels';
import { qualifiedName } from '../../../../kube/names';
import type { CheckedField } from '../../checked-field';
import type { KindRule } from '../kind-rule';
import { jsonText } from '../../../../manifest/json-text';

const MOST_PARAMETERS = 512;
const MOST_PARAMETER_BYTES = 256 * 1024;

/** @source k8s.io/kubernetes pkg/apis/storage/validation/validation.go ValidateStorageClass, validateVolumeBindingMode 1.36 */
export const storageClass: KindRule = {
  kind: 'storage.k8s.io/StorageClass',
  about: 'Provisioner and its parameters, reclaim policy, binding mode, topologies.',
  check(object) {
    provisioner(object.child('provisioner'));
    parameters(object.child('parameters'));
    const policy = object.child('reclaimPolicy');
    if (policy.text !== '') policy.mustBeOneOf(['Delete', 'Retain']);
    object.child('volumeBindingMode').mustBeOneOf(['Immediate', 'WaitForFirstConsumer']);
    topologies(object.child('allowedTopologies'));
  },
};

/**
 * The name of the driver that provisions the volumes.
 *
 * @source k8s.io/kubernetes pkg/apis/storage/validation/validation.go validateProvisioner 1.36
 */
export function provisioner(field: CheckedField): void {
  if (field.needs()) field.must((text) => qualifiedName(text.toLowerCase()));
}

/**
 * The parameters of a class for its driver.
 *
 * @source k8s.io/kubernetes pkg/apis/storage/validation/validation.go validateParameters 1.36
 */
export function parameters(map: CheckedField): void {
  if (map.size > MOST_PARAMETERS) return map.tooLong(MOST_PARAMETERS);
  let size = 0;
  for (const entry of map.entries) {
    if (entry.name === '') map.invalid('must not have an empty name');
    size += Buffer.byteLength(entry.name) + Buffer.byteLength(entry.text);
  }
  if (size > MOST_PARAMETER_BYTES) map.tooLong(MOST_PARAMETER_BYTES);
}

/**
 * @source k8s.io/kubernetes pkg/apis/storage/validation/validation.go validateAllowedTopologies 1.36
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateTopologySelectorTerm 1.36
 */
function topologies(list: CheckedField): void {
  // The server treats a term without expressions as a duplicate, even if it is the only one.
  const terms = new Set<string>(['[]']);
  for (const term of list.items) {
    const expressions = term.child('matchLabelExpressions');
    const keys = new Map<string, string[]>();
    for (const expression of expressions.items) {
      const [key, values] = [expression.child('key'), expression.child('values')];
      values.needs();
      const seen = new Set<string>();
      for (const value of values.items) {
        if (seen.has(value.text)) value.duplicate();
        seen.add(value.text);
      }
      key.must(labelKey);
      if (keys.has(key.text)) key.duplicate();
      keys.set(key.text, [...seen].sort());
    }
    const same = jsonText([...keys].sort(([a], [b]) => (a < b ? -1 : 1)));
    if (terms.has(same)) expressions.duplicate('another term has the same expressions');
    terms.add(same);
  }
}
