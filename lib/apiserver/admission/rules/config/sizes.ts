import type { CheckedField } from '../../checked-field';

/**
 * Maximum size in bytes of the data of a ConfigMap or a Secret: 1 MiB.
 *
 * @source k8s.io/kubernetes pkg/apis/core/types.go MaxSecretSize 1.36
 */
export const MAX_BYTES = 1024 * 1024;

/** The length of data in base64, or in a list of bytes. */
export function byteLength(field: CheckedField): number {
  return Array.isArray(field.value) ? field.size : bytesOf(field).length;
}

/** The bytes of data in base64, or in a list of bytes. */
export function bytesOf(field: CheckedField): Buffer {
  if (Array.isArray(field.value)) return Buffer.from(field.value as number[]);
  return Buffer.from(field.text, 'base64');
}
