import { isPlainRecord, setOwn, type PlainRecord } from '../../manifest/data';
import type { CheckedField } from '../admission/checked-field';
import { equal } from '../update/equal';
import type { KindUpdate } from './kind-update';

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateConfigMapUpdate 1.36 */
export const configMapUpdate: KindUpdate = {
  kind: '/ConfigMap',
  about: 'With immutable: true, neither data, binaryData nor immutable may change.',
  check: (now, was) => immutableData(now, was, ['data', 'binaryData']),
};

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateSecretUpdate 1.36 */
export const secretUpdate: KindUpdate = {
  kind: '/Secret',
  about: 'type may not change; with immutable: true, neither may data nor immutable.',
  settle: encodeStringData,
  check: (now, was) => immutableData(now, was, ['data']),
};

/**
 * The server stores `stringData` in `data`.
 *
 * @source k8s.io/kubernetes pkg/apis/core/v1/conversion.go Convert_v1_Secret_To_core_Secret 1.36
 */
function encodeStringData(secret: PlainRecord): void {
  const text = secret['stringData'];
  if (!isPlainRecord(text)) return;
  const data = isPlainRecord(secret['data']) ? { ...secret['data'] } : {};
  for (const [key, value] of Object.entries(text)) {
    setOwn(data, key, Buffer.from(String(value), 'utf8').toString('base64'));
  }
  secret['data'] = data;
  delete secret['stringData'];
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateConfigMapUpdate, ValidateSecretUpdate 1.36 */
function immutableData(now: CheckedField, was: CheckedField, fields: readonly string[]): void {
  if (!was.child('immutable').isTrue) return;
  const hint = 'Write it under a new name, and point the workloads that read it there.';
  if (!now.child('immutable').isTrue) {
    now.child('immutable').forbidden('field is immutable when `immutable` is set', hint);
  }
  for (const name of fields) {
    if (equal(now.child(name).value, was.child(name).value)) continue;
    now.child(name).forbidden('field is immutable when `immutable` is set', hint);
  }
}
