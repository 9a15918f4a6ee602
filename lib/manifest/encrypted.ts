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
