import { SeaworthyError } from '../../errors';
import type { Refusal } from './refusal';

/**
 * Whether a 500 is about the object, so that asking again is of no use: an admission webhook could not be asked, or
 * server-side apply does not know a field.
 */
export function isWebhookFailure({ code, message }: Refusal): boolean {
  return code === 500 && /\bcalling webhook\b|failed to create typed patch object/.test(message);
}

/**
 * The error of a connection that failed, in words that hold nothing of a login: no header, token or certificate.
 *
 * @param server the address that was asked
 */
export function connectionError(error: unknown, server: string): SeaworthyError {
  if (error instanceof SeaworthyError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ABORT_ERR') throw error;
  const told = code === undefined ? undefined : TOLD.find(([pattern]) => pattern.test(code));
  if (told !== undefined) {
    const [, text, hint] = told;
    return new SeaworthyError({
      code: 'CLUSTER_UNREACHABLE',
      place: server,
      message: `${text} (${code})`,
      hint,
    });
  }
  if (code !== undefined && /^(E[A-Z]+|HPE_\w+|ERR_\w+|[A-Z_]*CERT[A-Z_]*)$/.test(code) && !isOfFile(error))
    return new SeaworthyError({
      code: 'CLUSTER_UNREACHABLE',
      place: server,
      message: `the API server cannot be reached (${code})`,
      hint: REACH,
    });
  return new SeaworthyError({
    code: 'CLUSTER_UNAUTHORIZED',
    place: server,
    message: `the login of the kubeconfig failed${code === undefined ? '' : ` (${code})`}: ${firstLine(message)}`,
    hint: 'kubectl get namespaces shows whether it works there; log in again if it does not.',
  });
}

/** A file that the kubeconfig names, or the program of its plugin. */
function isOfFile(error: unknown): boolean {
  const { path, syscall, port } = error as NodeJS.ErrnoException & { readonly port?: unknown };
  // A handshake that is cut off has the path of the request, and the port.
  return (path !== undefined && port === undefined) || /^spawn/.test(syscall ?? '');
}

/** Code of the error of an answer that is not whole, though the connection ended as it should: a proxy may do that. */
export const CUT_ANSWER = 'ERR_CUT_ANSWER';

const REACH =
  'Is the cluster running, and is this its kubeconfig? kubectl cluster-info asks the same server.';

const TOLD: readonly (readonly [RegExp, string, string])[] = [
  [/^ECONNREFUSED$/, 'nothing listens there', REACH],
  [/^(ENOTFOUND|EAI_AGAIN)$/, 'its host name is not known', REACH],
  [/^ERR_CUT_ANSWER$/, 'its answer is cut off', REACH],
  [/^(ETIMEDOUT|ESOCKETTIMEDOUT)$/, 'it does not answer in time', REACH],
  [
    /SELF_SIGNED|UNABLE_TO_|CERT_|_CERT|ALTNAME/,
    'its certificate is not the one that the kubeconfig expects',
    'The cluster may have been made anew: fetch its kubeconfig again.',
  ],
];

/** What a plugin printed may hold what it was given: its first line, without anything that looks like a token. */
function firstLine(message: string): string {
  const line = message.trim().split('\n', 1)[0] ?? '';
  return line.replace(/[A-Za-z0-9+/_=.-]{32,}/g, '…').slice(0, 300) || 'no reason given';
}
