import { SeaworthyError, type Problem } from '../../errors';
import { isPlainRecord } from '../../manifest/data';
import { isEncryptedValue } from '../../manifest/encrypted';
import { formatId, type Manifest } from '../../manifest/manifest';
import type { Source } from '../cluster/manifests';

/**
 * Refuses what SOPS has encrypted: it would be missing, and what was applied of it before would be deleted; or, without the
 * metadata of SOPS, pods would get the encrypted text.
 *
 * @throws SeaworthyError INPUT_UNREADABLE, naming each object and its file
 */
export function refuseEncrypted({ encrypted = [], manifests }: Source): void {
  const problems = [
    ...encrypted.map((manifest) => ({
      ...placeOf(manifest),
      message: 'SOPS has encrypted it, and apply does not decrypt',
      hint: 'Decrypt it for this run: sops --decrypt secret.yaml | seaworthy apply deploy/ -',
    })),
    ...manifests.flatMap((manifest) => {
      const path = encryptedPath(manifest);
      if (path === undefined) return [];
      return [
        {
          ...placeOf(manifest),
          path,
          message: 'SOPS has encrypted this value, and the metadata by which it is decrypted are gone',
          hint: 'Decrypt the file with sops --decrypt before other programs read it.',
        },
      ];
    }),
  ];
  const [first, ...more] = problems;
  if (first !== undefined) throw new SeaworthyError(first, ...more);
}

function placeOf({ id, origin }: Manifest): Pick<Problem, 'code' | 'place' | 'source'> {
  const source = origin?.source;
  return { code: 'INPUT_UNREADABLE', place: formatId(id), ...(source !== undefined && { source }) };
}

/** The first encrypted value of a Secret or ConfigMap. Other kinds may be there to be decrypted in the cluster. */
function encryptedPath({ id: { apiVersion, kind }, object }: Manifest): string | undefined {
  if (apiVersion !== 'v1' || !['Secret', 'ConfigMap'].includes(kind)) return undefined;
  for (const field of ['data', 'stringData']) {
    const values = object[field];
    const found = isPlainRecord(values) && Object.keys(values).find((key) => isEncryptedValue(values[key]));
    if (typeof found === 'string') return `${field}.${found}`;
  }
  return undefined;
}
