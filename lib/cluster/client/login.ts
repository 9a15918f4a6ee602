import { readFileSync } from 'node:fs';
import type { OutgoingHttpHeaders } from 'node:http';
import type { RequestOptions } from 'node:https';
import { bytesOf } from './kubeconfig/material';
import type { Access, Impersonated, KubeUser, Login } from './kubeconfig/types';

/**
 * The login of a user with certificates, a token, or a name and password, over a connection without a proxy. Anything else
 * is up to the client of Kubernetes.
 */
export async function loginOf(access: Access): Promise<Login> {
  const { cluster, user } = access;
  const isOwn = cluster.proxy === undefined && user.plugin === undefined && user.provider === undefined;
  if (isOwn) return () => Promise.resolve(ownOptions(access));
  const { officialLogin } = await import('./official');
  const official = await officialLogin(access);
  return async () => {
    const options = await official();
    return { ...options, headers: { ...(options.headers as OutgoingHttpHeaders), ...headersOf(user) } };
  };
}

function ownOptions({ cluster, user }: Access): RequestOptions {
  const [ca, cert, key] = [cluster.authority, user.certificate, user.key].map(bytesOf);
  return {
    headers: headersOf(user),
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert, key }),
    // Without it, NODE_TLS_REJECT_UNAUTHORIZED counts, as in other programs of Node.
    ...(cluster.isInsecure && { rejectUnauthorized: false }),
    ...(cluster.serverName !== undefined && { servername: cluster.serverName }),
    ...(user.username !== '' && { auth: `${user.username}:${user.password}` }),
  };
}

/** Headers that say who asks. A token in a file counts before one beside it, as it may be newer. */
function headersOf({ token: fixed, tokenFile, impersonated }: KubeUser): Record<string, string | string[]> {
  const token = tokenFile === undefined ? fixed : readFileSync(tokenFile, 'utf8').trim() || fixed;
  return {
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(impersonated !== undefined && actingAs(impersonated)),
  };
}

/** @source k8s.io/client-go transport/round_trippers.go impersonatingRoundTripper.RoundTrip, headerKeyEscape 1.36 */
function actingAs({ user, uid, groups, extra }: Impersonated): Record<string, string | string[]> {
  return {
    'impersonate-user': user,
    ...(uid !== '' && { 'impersonate-uid': uid }),
    ...(groups.length > 0 && { 'impersonate-group': [...groups] }),
    ...Object.fromEntries(
      [...extra].map(([key, values]) => [`impersonate-extra-${headerKey(key)}`, [...values]]),
    ),
  };
}

/** A text as part of the name of a header: every other byte in hexadecimal, as in a URL. */
function headerKey(text: string): string {
  const escaped = (byte: number): string => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  const isLegal = (byte: number): boolean => /[!#$&'*+\-.^_`|~0-9A-Za-z]/.test(String.fromCharCode(byte));
  return [...Buffer.from(text)]
    .map((byte) => (byte < 127 && isLegal(byte) ? String.fromCharCode(byte) : escaped(byte)))
    .join('');
}
