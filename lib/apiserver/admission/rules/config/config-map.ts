import { configMapKey } from '../../../../kube/names';
import type { CheckedField } from '../../checked-field';
import type { KindRule } from '../kind-rule';
import { byteLength, MAX_BYTES } from './sizes';

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateConfigMap 1.36 */
export const configMap: KindRule = {
  kind: '/ConfigMap',
  about: 'Keys, and the size of all data together.',
  check(object) {
    const [data, binary] = [object.child('data'), object.child('binaryData')];
    for (const entry of [...data.entries, ...binary.entries]) keyName(entry);
    for (const entry of data.entries) {
      if (binary.key(entry.name).isSet)
        entry.holding(entry.name).invalid('must not be in binaryData as well');
    }
    let size = 0;
    for (const entry of data.entries) size += Buffer.byteLength(entry.text);
    for (const entry of binary.entries) size += byteLength(entry);
    if (size > MAX_BYTES) object.child('').tooLong(MAX_BYTES);
  },
};

/**
 * A key, which is a file name when mounted.
 *
 * @source k8s.io/apimachinery pkg/util/validation/validation.go IsConfigMapKey 1.36
 */
export function keyName(entry: CheckedField): void {
  const problem = configMapKey(entry.name);
  if (problem !== undefined) entry.holding(entry.name).invalid(problem);
}
