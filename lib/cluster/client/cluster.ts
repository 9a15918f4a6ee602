import { setMaxListeners } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Answer, Reply } from './answer';
import type { Connection, Request } from './connection';
import { connectionError, CUT_ANSWER, isWebhookFailure } from './failure';
import type { Incoming } from './incoming';
import { refusalOf, type Refusal } from './refusal';
import { persistently, type Patience, type Tried } from './retry';

export type { Answer, Reply } from './answer';

/**
 * What knows answers before the server is asked.
 *
 * @internal Its types lead to those of Node, which users may not have.
 */
export interface KnownAnswers {
  /** The answer to a request: one that is known, or that of `ask`. */
  answer(request: Request, ask: (request: Request) => Promise<Answer>): Promise<Answer>;
}

/** Milliseconds in which a request is tried again while the server cannot be reached, or asks to wait. */
const PATIENCE: Patience = { within: 60_000 };

/** An API server, as one user of one kubeconfig reaches it. */
export class Cluster {
  /** The context of the kubeconfig: `kind-dev`. */
  readonly name: string;
  /** The address of its API server. */
  readonly server: string;
  /** The namespace of the context; `default` if it names none. */
  readonly namespace: string;
  /** The server's version, as it writes it: `v1.36.3`. */
  readonly version: string;
  readonly #connection: Connection;
  readonly #known: readonly KnownAnswers[];

  /** @internal `connect` makes one. */
  constructor(
    connection: Connection,
    facts: {
      readonly name: string;
      readonly server: string;
      readonly namespace: string;
      readonly version: string;
    },
    known: readonly KnownAnswers[] = [],
  ) {
    this.#connection = connection;
    this.#known = known;
    this.name = facts.name;
    this.server = facts.server;
    this.namespace = facts.namespace;
    this.version = facts.version;
  }

  /**
   * Asks the server, again while it cannot be reached or asks to wait. What it refuses is an answer; a webhook that fails
   * is one, too.
   *
   * @throws SeaworthyError CLUSTER_UNREACHABLE, CLUSTER_UNAUTHORIZED
   * @internal
   */
  async request(request: Request, patience = PATIENCE): Promise<Answer> {
    const asked = this.#known.reduce(
      (next, known) => (each: Request) => known.answer(each, next),
      (each: Request): Promise<Answer> => ask(this.#connection, each, patience),
    );
    return asked(request);
  }

  /**
   * The same server over the same connections, with answers that are known before it is asked.
   *
   * @internal
   */
  sharing(known: KnownAnswers): Cluster {
    return new Cluster(this.#connection, this, [...this.#known, known]);
  }

  /**
   * The lines of an answer that goes on: of a watch, or of a log. They end when the server ends them, or the connection.
   *
   * @throws SeaworthyError CLUSTER_UNREACHABLE, CLUSTER_UNAUTHORIZED
   * @internal
   */
  async stream(
    request: Request,
  ): Promise<{ readonly lines: AsyncIterable<string> } | { readonly refusal: Refusal }> {
    const answer = await this.#connection.send(request, true).catch((error: unknown) => {
      throw connectionError(error, this.server);
    });
    const { code, body } = answer;
    if (code >= 300) return { refusal: refusalOf(code, await bodyOf(answer).catch(() => '')) };
    return { lines: linesOf(body) };
  }

  /** Ends its connections; those that are open keep a process alive. */
  close(): void {
    this.#connection.close();
  }
}

/** Lines until the end, however that comes. */
async function* linesOf(answer: Readable): AsyncGenerator<string> {
  // Without a listener the error of a cut connection would end the process.
  answer.on('error', () => undefined);
  try {
    yield* createInterface({ input: answer, crlfDelay: Infinity });
  } catch (error) {
    // A connection that is cut is an error of the lines, too.
    if (!answer.destroyed && !answer.errored) throw error;
  } finally {
    answer.destroy();
  }
}

/** @internal Asks over a connection; see `Cluster.request`. */
export async function ask(connection: Connection, request: Request, patience: Patience): Promise<Answer> {
  let isRenewed = false;
  // Every request of a command listens to the one signal that ends it.
  if (request.signal !== undefined) setMaxListeners(0, request.signal);
  const attempt = async (): Promise<Tried<Reply>> => {
    try {
      const answer = await connection.send(request);
      const { code, headers } = answer;
      const value = { body: await bodyOf(answer), warnings: warningsOf(headers['warning']) };
      return { answer: { code, value, retryAfter: secondsOf(headers['retry-after']) } };
    } catch (error) {
      return { error };
    }
  };
  for (;;) {
    const tried = await persistently(attempt, patience, mayPass, request.signal);
    if (tried.answer === undefined) throw connectionError(tried.error, connection.server);
    const { code, value } = tried.answer;
    if (code < 300) return value;
    if (code !== 401 || isRenewed) return { refusal: refusalOf(code, value.body) };
    // A token may have been revoked before its time.
    connection.logOut();
    isRenewed = true;
  }
}

/** A login that cannot be had and a webhook that fails are no faults of the connection. */
function mayPass({ answer, error }: Tried<Reply>): boolean {
  if (answer !== undefined) return !isWebhookFailure(refusalOf(answer.code, answer.value.body));
  return connectionError(error, '').code === 'CLUSTER_UNREACHABLE' && !isFinal(error);
}

/** Errors of a connection that waiting does not mend. */
function isFinal(error: unknown): boolean {
  const { code = '' } = error as NodeJS.ErrnoException;
  return /^(ENOTFOUND|ERR_TLS_CERT_ALTNAME_INVALID|ABORT_ERR)$|CERT|SELF_SIGNED/.test(code);
}

async function bodyOf({ headers, body }: Incoming): Promise<unknown> {
  const text = await textOf(body);
  if (!/json/.test(headers['content-type'] ?? '')) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw Object.assign(new Error('the answer is no JSON'), { code: CUT_ANSWER });
  }
}

/** All of an answer: an iterator over it would take as long as to read the JSON of a small object. */
function textOf(answer: Readable): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    answer.on('data', (chunk: Buffer) => chunks.push(chunk));
    answer.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    answer.on('error', reject);
    answer.once('close', () =>
      reject(Object.assign(new Error('the connection ended'), { code: 'ECONNRESET' })),
    );
  });
}

/** Texts of `Warning: 299 - "text", 299 - "another"`. */
function warningsOf(header = ''): string[] {
  const texts = [...header.matchAll(/\b299 \S+ "((?:[^"\\]|\\.)*)"/g)];
  return texts.map(([, text = '']) => text.replace(/\\(.)/g, '$1'));
}

function secondsOf(header: string | undefined): number | undefined {
  const seconds = Number(header);
  return header === undefined || !Number.isFinite(seconds) || seconds < 0 ? undefined : seconds;
}
