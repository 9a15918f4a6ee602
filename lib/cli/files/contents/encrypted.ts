import { isRecord } from '../../project/section';

type Fields = Readonly<Record<string, unknown>>;

/**
 * The objects of a document that SOPS has encrypted, without its metadata: their values cannot be judged. Nothing for
 * any other document.
 *
 * Source: `stores.SopsMetadataKey` and `stores.Metadata` of getsops/sops 3.11.
 */
export function encrypted(value: unknown): Fields[] | undefined {
  if (!isRecord(value)) return undefined;
  if (isMetadata(value['sops'])) return [withoutMetadata(value)];
  const { items } = value;
  if (!Array.isArray(items) || !items.some((item) => isRecord(item) && isMetadata(item['sops'])))
    return undefined;
  return items.filter(isRecord).map(withoutMetadata);
}

/** SOPS signs what it encrypts, and notes when. */
function isMetadata(value: unknown): boolean {
  return isRecord(value) && 'lastmodified' in value && ('mac' in value || 'version' in value);
}

function withoutMetadata(value: Fields): Fields {
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== 'sops'));
}
