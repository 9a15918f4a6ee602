import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { Field } from '../../../manifest/field';
import type { KindWarnings } from '../warning';

interface Block {
  readonly type: string;
  readonly text: string;
}

const PEM = /-----BEGIN ([^-\n]+)-----[\s\S]*?-----END \1-----/g;

/**
 * A certificate and key that do not fit together, as `X509KeyPair` of Go's crypto/tls has it. The messages name no
 * part of either.
 *
 * @source k8s.io/kubernetes pkg/registry/core/secret/strategy.go warningsForSecret 1.37
 */
export const secret: KindWarnings = (object, warnings) => {
  if (object.child('type').text !== 'kubernetes.io/tls') return;
  const problem = certificateProblem(object);
  if (problem !== undefined) warnings.add(object.child('data'), problem);
};

/** What is wrong with the certificate and the key of a Secret, in the words of Go. */
export function certificateProblem(object: Field): string | undefined {
  const [data, written] = [object.child('data'), object.child('stringData')];
  const textOf = (key: string): string =>
    written.key(key).isSet ? written.key(key).text : decoded(data.key(key));
  return pairProblem(blocksOf(textOf('tls.crt')), blocksOf(textOf('tls.key')));
}

function decoded(field: Field): string {
  return Buffer.from(field.text, 'base64').toString('latin1');
}

function blocksOf(text: string): Block[] {
  return [...text.matchAll(PEM)].map(([block, type = '']) => ({ type, text: block }));
}

function pairProblem(certificates: readonly Block[], keys: readonly Block[]): string | undefined {
  const chain = certificates.filter(({ type }) => type === 'CERTIFICATE');
  const [leaf] = chain;
  if (leaf === undefined) return noCertificate(certificates.map(({ type }) => type));
  const key = keys.find(({ type }) => type === 'PRIVATE KEY' || type.endsWith(' PRIVATE KEY'));
  if (key === undefined) return noKey(keys.map(({ type }) => type));
  try {
    const certificate = new X509Certificate(leaf.text);
    return certificate.checkPrivateKey(createPrivateKey(key.text))
      ? undefined
      : 'tls: private key does not match public key';
  } catch {
    return isReadable(leaf) ? 'tls: failed to parse private key' : 'x509: malformed certificate';
  }
}

function isReadable({ text }: Block): boolean {
  try {
    return new X509Certificate(text).raw.length > 0;
  } catch {
    return false;
  }
}

function noCertificate(types: readonly string[]): string {
  if (types.length === 0) return 'tls: failed to find any PEM data in certificate input';
  if (types.length === 1 && types[0]?.endsWith('PRIVATE KEY') === true)
    return 'tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched';
  return `tls: failed to find "CERTIFICATE" PEM block in certificate input after skipping PEM blocks of the following types: [${types.join(' ')}]`;
}

function noKey(types: readonly string[]): string {
  if (types.length === 0) return 'tls: failed to find any PEM data in key input';
  if (types.length === 1 && types[0] === 'CERTIFICATE')
    return 'tls: found a certificate rather than a key in the PEM for the private key';
  return `tls: failed to find PEM block with type ending in "PRIVATE KEY" in key input after skipping PEM blocks of the following types: [${types.join(' ')}]`;
}
