import { constants, createCipheriv, publicEncrypt, randomBytes, X509Certificate } from 'node:crypto';
import { SeaworthyError } from '../errors';

/** A value to seal, and for whom. */
export interface Sealing {
  /** PEM of the controller's certificate. */
  readonly certificate: string;
  /** Where the value may be unsealed: the controller needs the same label. */
  readonly label: string;
  readonly value: Uint8Array;
}

const SESSION_KEY_BYTES = 32;
const NONCE_BYTES = 12;

/**
 * Seals a value for a Sealed Secrets controller, as kubeseal does: the length of the sealed session key in two bytes, the
 * session key by RSA-OAEP with SHA-256 and the label, and the value by AES-256-GCM with that key, in base64. Like the writer
 * that keeps the result, it is no part of rendering: it needs chance, and the time.
 *
 * Source: `HybridEncrypt` of sealed-secrets `pkg/crypto`.
 *
 * @throws SeaworthyError INVALID_PROP for a certificate that has expired, as kubeseal does
 */
export function seal({ certificate, label, value }: Sealing): string {
  const { publicKey, validTo } = new X509Certificate(certificate);
  // eslint-disable-next-line no-restricted-properties -- nothing is rendered here: the lock keeps what is sealed
  if (Date.parse(validTo) < Date.now()) throw expired(validTo);
  const key = randomBytes(SESSION_KEY_BYTES);
  const sealedKey = publicEncrypt(
    {
      key: publicKey,
      padding: constants.RSA_PKCS1_OAEP_PADDING,
      oaepHash: 'sha256',
      oaepLabel: Buffer.from(label),
    },
    key,
  );
  const length = Buffer.alloc(2);
  length.writeUInt16BE(sealedKey.length);
  // Each key is used once, so that the nonce may be the same.
  const cipher = createCipheriv('aes-256-gcm', key, Buffer.alloc(NONCE_BYTES));
  const text = Buffer.concat([cipher.update(value), cipher.final()]);
  return Buffer.concat([length, sealedKey, text, cipher.getAuthTag()]).toString('base64');
}

function expired(validTo: string): SeaworthyError {
  return new SeaworthyError({
    code: 'INVALID_PROP',
    path: 'certificate',
    message: `the certificate expired on ${validTo}`,
    hint: 'Fetch the current one with `kubeseal --fetch-cert`.',
  });
}
