import type { CheckedField } from '../../checked-field';

/**
 * Most bytes that the data of a ConfigMap or a Secret may have: 1 MiB.
 *
 * @source k8s.io/kubernetes pkg/apis/core/types.go MaxSecretSize 1.36
 */
export const MAX_BYTES = 1024 * 1024;

/** The length of what is written in base64, or as a list of bytes. */
export function byteLength(field: CheckedField): number {
  return Array.isArray(field.value) ? field.size : bytesOf(field).length;
}

/** The bytes that are written in base64, or as a list of bytes. */
export function bytesOf(field: CheckedField): Buffer {
  if (Array.isArray(field.value)) return Buffer.from(field.value as number[]);
  return Buffer.from(field.text, 'base64');
}
