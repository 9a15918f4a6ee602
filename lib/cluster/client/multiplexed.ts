import { connect as overHttp2, constants, type ClientHttp2Session, type ClientHttp2Stream } from 'node:http2';
import type { RequestOptions } from 'node:https';
import { isIP } from 'node:net';
import { connect as overTls, type TLSSocket } from 'node:tls';
import type { Incoming } from './incoming';

/** A request as it goes over the wire. */
export interface Outgoing {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | number>>;
  readonly text: string | undefined;
  /** Milliseconds in which the answer must begin, and in which something of it must come. */
  readonly timeout: number;
  readonly signal: AbortSignal | undefined;
}

/** Bytes of an answer that may be under way: a page of a list comes in one go over a long way. */
const WINDOW = 1 << 20;

/** The same for all answers at once. */
const WINDOWS = 64 * WINDOW;

/** A connection, and how many requests are under way over it. */
interface Session {
  readonly http2: ClientHttp2Session;
  underWay: number;
}

/**
 * One connection to a server by HTTP/2, over which any number of requests go at once, as kubectl has it: a request alone
 * takes half the processor time of one by HTTP/1.1, and no handshake. A connection that is cut or too slow is replaced.
 */
export class Multiplexed {
  readonly #server: URL;
  readonly #secure: RequestOptions;
  /** The connection, once it is made; of a server that does not know HTTP/2, that there is none. */
  #session: Promise<Session | undefined> | undefined;
  readonly #bySignal = new WeakMap<AbortSignal, Set<ClientHttp2Stream>>();
  readonly #open = new Set<ClientHttp2Session | TLSSocket>();

  constructor(server: URL, secure: RequestOptions) {
    this.#server = server;
    this.#secure = secure;
  }

  /** Sends a request, and resolves to the answer when that begins; undefined where the server does not know HTTP/2. */
  async send(outgoing: Outgoing): Promise<Incoming | undefined> {
    const { timeout, signal } = outgoing;
    const dialled = (this.#session ??= this.#dialled(timeout));
    const session = await unlessAborted(dialled, signal);
    signal?.throwIfAborted();
    return session === undefined ? undefined : this.#ask(session, dialled, outgoing);
  }

  close(): void {
    for (const each of this.#open) each.destroy();
  }

  #ask(
    session: Session,
    dialled: Promise<Session | undefined>,
    { method, path, headers, text, timeout, signal }: Outgoing,
  ): Promise<Incoming> {
    const { http2 } = session;
    return new Promise((resolve, reject) => {
      const { HTTP2_HEADER_METHOD, HTTP2_HEADER_PATH } = constants;
      const all = { ...headers, [HTTP2_HEADER_METHOD]: method, [HTTP2_HEADER_PATH]: path };
      const sent = http2.request(all, { endStream: text === undefined });
      if (session.underWay++ === 0) http2.ref();
      const ended = signal === undefined ? undefined : this.#endedBy(signal).add(sent);
      sent.once('close', () => {
        ended?.delete(sent);
        if (--session.underWay === 0 && !http2.destroyed) http2.unref();
        reject(Object.assign(new Error('the connection ended'), { code: 'ECONNRESET' }));
      });
      sent.on('error', reject);
      sent.once('response', ({ ':status': code = 0, ...answered }) =>
        resolve({ code, headers: answered, body: sent }),
      );
      sent.setTimeout(timeout, () => {
        // The connection may be lost without a word: the next try makes a new one.
        this.#forget(dialled);
        sent.destroy(tooLate());
      });
      if (text !== undefined) sent.end(text);
    });
  }

  /** What ends by a signal: one listener for all of it takes a tenth of the time of one for each. */
  #endedBy(signal: AbortSignal): Set<ClientHttp2Stream> {
    const known = this.#bySignal.get(signal);
    if (known !== undefined) return known;
    const ended = new Set<ClientHttp2Stream>();
    this.#bySignal.set(signal, ended);
    const onAbort = (): void => {
      for (const each of ended) each.destroy(signal.reason as Error);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    return ended;
  }

  /** Takes another connection from now on; what is under way over this one goes on. */
  #forget(dialled: Promise<Session | undefined>): void {
    if (this.#session === dialled) this.#session = undefined;
  }

  /** A connection that is forgotten once it ends. */
  #dialled(timeout: number): Promise<Session | undefined> {
    const dialled = this.#dial(timeout, () => this.#forget(dialled));
    dialled.catch(() => this.#forget(dialled));
    return dialled;
  }

  async #dial(timeout: number, onEnd: () => void): Promise<Session | undefined> {
    const socket = await this.#handshake(timeout);
    if (socket.alpnProtocol !== 'h2') {
      socket.destroy();
      return undefined;
    }
    const http2 = overHttp2(this.#server, {
      createConnection: () => socket,
      settings: { enablePush: false, initialWindowSize: WINDOW },
    });
    this.#open.add(http2);
    http2.once('connect', () => http2.setLocalWindowSize(WINDOWS));
    // Each request has its own error.
    http2.on('error', onEnd);
    http2.once('goaway', onEnd);
    http2.once('close', () => {
      onEnd();
      this.#open.delete(http2);
    });
    return { http2, underWay: 0 };
  }

  #handshake(timeout: number): Promise<TLSSocket> {
    const { hostname, port } = this.#server;
    const host = hostname.replace(/^\[|\]$/g, '');
    return new Promise((resolve, reject) => {
      const socket = overTls({
        servername: isIP(host) === 0 ? host : '',
        ...(this.#secure as object),
        host,
        port: Number(port) || 443,
        ALPNProtocols: ['h2', 'http/1.1'],
      });
      this.#open.add(socket);
      // The idle time of a socket begins again with each step of a handshake.
      const timer = setTimeout(() => socket.destroy(tooLate()), timeout);
      socket.on('error', reject);
      socket.once('close', () => {
        clearTimeout(timer);
        this.#open.delete(socket);
        reject(Object.assign(new Error('the connection ended'), { code: 'ECONNRESET' }));
      });
      socket.once('secureConnect', () => {
        clearTimeout(timer);
        resolve(socket);
      });
    });
  }
}

/** @internal */
export function tooLate(): Error {
  return Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' });
}

/** What is waited for together ends for one by its own signal. */
function unlessAborted<T>(waited: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return waited;
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
    waited.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
    if (signal.aborted) onAbort();
  });
}
