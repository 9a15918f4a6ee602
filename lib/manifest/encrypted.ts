import { isPlainRecord, type PlainRecord } from './data';

/**
 * Whether SOPS has encrypted an object: it signs what it encrypts, and notes when. Whatever is added to such an object breaks
 * the signature, and its values cannot be judged.
 *
 * Source: `stores.SopsMetadataKey` and `stores.Metadata` of getsops/sops 3.11.
 */
export function isEncrypted(object: PlainRecord): boolean {
  const metadata = object['sops'];
  return (
    isPlainRecord(metadata) && 'lastmodified' in metadata && ('mac' in metadata || 'version' in metadata)
  );
}

/**
 * Whether a text is a value as SOPS encrypts it. One in an object without the metadata of SOPS can no longer be decrypted: a
 * program has taken those off.
 *
 * Source: `encryptedValueRegex` of aes/cipher.go in getsops/sops 3.11.
 */
export function isEncryptedValue(value: unknown): boolean {
  return typeof value === 'string' && /^ENC\[AES256_GCM,data:.+,iv:.+,tag:.+,type:[a-z]+\]$/s.test(value);
}
