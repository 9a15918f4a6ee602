import { request as plain, type IncomingHttpHeaders } from 'node:http';
import { request as secure } from 'node:https';
import { rootCertificates } from 'node:tls';

/** A request to a registry, or to what it sends for tokens. */
export interface Request {
  readonly method: 'GET' | 'HEAD';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** PEM of the authorities that are trusted as well. */
  readonly ca: readonly string[] | undefined;
  readonly signal: AbortSignal | undefined;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Where it came from, after redirects. */
  readonly url: URL;
}

/** Milliseconds without a byte after which a registry counts as away. */
const PATIENCE = 30_000;

/** Bytes. Registries keep no manifest of more than 4 MiB. */
const LARGEST = 1 << 23;

const MOST_REDIRECTS = 5;

/** The answer, after redirects; credentials do not follow to another host. */
export async function send(request: Request, redirects = MOST_REDIRECTS): Promise<Answer> {
  const answer = await sendOnce(request);
  const { location } = answer.headers;
  if (answer.status < 300 || answer.status > 399 || location === undefined) return answer;
  if (redirects === 0) throw new Error('too many redirects');
  const url = new URL(location, request.url);
  if (request.url.protocol === 'https:' && url.protocol !== 'https:')
    throw new Error(`a redirect to ${url.protocol}//${url.host}, which is not encrypted`);
  const { Authorization: _, ...anonymous } = request.headers;
  const headers = url.host === request.url.host ? request.headers : anonymous;
  return send({ ...request, url, headers }, redirects - 1);
}

function sendOnce({ method, url, headers, ca, signal }: Request): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const open = url.protocol === 'http:' ? plain : secure;
    const options = {
      method,
      headers,
      timeout: PATIENCE,
      ...(ca && { ca: [...rootCertificates, ...ca] }),
      ...(signal && { signal }),
    };
    const sent = open(url, options, (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > LARGEST) sent.destroy(new Error(`an answer of more than ${LARGEST} bytes`));
        else chunks.push(chunk);
      });
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks),
          url,
        }),
      );
    });
    sent.on('timeout', () => sent.destroy(new Error(`no answer within ${PATIENCE / 1000} s`)));
    sent.on('error', reject);
    sent.end();
  });
}
