import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { FilePath } from '../config/content';
import type { Reporter } from '../core/problems';

/** The certificate of a controller, which anybody may have: values are sealed with its public key. */
export interface SealingCertificate {
  readonly pem: string;
  /** Fingerprint of the public key; another certificate of the same key has the same. */
  readonly publicKey: string;
  /** Bytes of a session key that the public key has sealed. */
  readonly keyLength: number;
}

const FETCH = 'Write it with `kubeseal --fetch-cert > sealing.pem`.';

/** Reads the certificate at `path`; reports one that cannot be read, or that is of no RSA key. */
export function readCertificate(path: FilePath, report: Reporter): SealingCertificate | undefined {
  const told = { path: 'certificate', hint: FETCH } as const;
  let pem: string;
  try {
    pem = readFileSync(path, 'utf8');
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? String(error);
    report({ ...told, code: 'INPUT_UNREADABLE', message: `cannot read "${String(path)}": ${why}` });
    return undefined;
  }
  try {
    const { publicKey } = new X509Certificate(pem);
    const { modulusLength } = publicKey.asymmetricKeyDetails ?? {};
    if (publicKey.asymmetricKeyType !== 'rsa' || modulusLength === undefined) {
      const message = `the certificate in "${String(path)}" has no RSA key`;
      report({ ...told, code: 'INVALID_PROP', message });
      return undefined;
    }
    const fingerprint = createHash('sha256').update(publicKey.export({ type: 'spki', format: 'der' }));
    return {
      pem,
      publicKey: `SHA256:${fingerprint.digest('base64')}`,
      keyLength: Math.ceil(modulusLength / 8),
    };
  } catch {
    report({ ...told, code: 'INPUT_UNREADABLE', message: `"${String(path)}" has no certificate in PEM` });
    return undefined;
  }
}
