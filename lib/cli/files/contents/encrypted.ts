import { isEncrypted } from '../../../manifest/encrypted';
import { isRecord } from '../../project/section';

type Fields = Readonly<Record<string, unknown>>;

/**
 * The objects of a document that SOPS has encrypted, without its metadata: their values cannot be judged. Nothing for
 * any other document.
 */
export function encrypted(value: unknown): Fields[] | undefined {
  if (!isRecord(value)) return undefined;
  if (isEncrypted(value)) return [withoutMetadata(value)];
  const { items } = value;
  if (!Array.isArray(items) || !items.some((item) => isRecord(item) && isEncrypted(item))) return undefined;
  return items.filter(isRecord).map(withoutMetadata);
}

function withoutMetadata(value: Fields): Fields {
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== 'sops'));
}
