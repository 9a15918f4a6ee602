import { setMaxListeners } from 'node:events';
import { request as overHttp } from 'node:http';
import { Agent, request as overHttps, type RequestOptions } from 'node:https';
import { urlToHttpOptions } from 'node:url';
import { jsonText } from '../../manifest/json-text';
import type { Incoming } from './incoming';
import type { Login } from './kubeconfig/types';
import { Multiplexed, tooLate, type Outgoing } from './multiplexed';

/** One request to the API server. */
export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `/api/v1/namespaces/shop/pods`, without the query. */
  readonly path: string;
  /** Parameters; those that are undefined are left out. */
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** What is sent, as JSON. */
  readonly body?: unknown;
  /** @default 'application/json' */
  readonly contentType?: string;
  /** The form of the answer. @default 'application/json' */
  readonly accept?: string | undefined;
  /** Milliseconds in which the answer must begin, and in which something of it must come. @default 60_000 */
  readonly timeout?: number;
  readonly signal?: AbortSignal | undefined;
}

/** Connections by HTTP/1.1 to a server at once; what is asked of it beyond that queues by itself. */
const SOCKETS = 32;

/** Milliseconds for which what a credential plugin or provider gave is used without asking it again. */
const FRESH = 60_000;

/** Connections of one server and login: an agent would tell them apart by their certificates, several times a request. */
class OneServerAgent extends Agent {
  override getName(): string {
    return 'server';
  }
}

/** How the connections to a server with one certificate are made, and kept. */
interface Kept {
  /** What tells the certificate from others. */
  readonly key: string;
  readonly multiplexed: Multiplexed;
  readonly agent: Agent;
  /** Of answers that go on. */
  readonly streams: Agent;
}

/** Headers and options of a login, and the connections that are kept for it. */
interface LoggedIn {
  readonly options: RequestOptions;
  /** Absent where the login says how to connect. */
  readonly kept?: Kept;
}

/**
 * Connections to one API server, which are kept open, with what it takes to log in: one by HTTP/2 for all requests, and one
 * for each answer that goes on. Servers that know HTTP/1.1 alone, and proxies, get connections of that.
 */
export class Connection {
  readonly #logsIn: Login;
  readonly #isProxied: boolean;
  readonly server: string;
  readonly #server: URL;
  readonly #address: Pick<RequestOptions, 'protocol' | 'hostname' | 'port'>;
  #login: (LoggedIn & { readonly at: number }) | undefined;
  #pending?: Promise<LoggedIn> | undefined;
  #kept?: Kept;

  /** @param isProxied whether the login says how to connect, through a proxy */
  constructor(logsIn: Login, server: string, isProxied: boolean) {
    this.#logsIn = logsIn;
    this.#isProxied = isProxied;
    this.server = server;
    this.#server = new URL(server);
    const { protocol, hostname, port } = urlToHttpOptions(this.#server);
    this.#address = { protocol, hostname, ...(port !== undefined && { port }) };
  }

  /**
   * Sends a request and resolves to the answer when that begins. Rejects if the connection fails, or the login cannot be had.
   *
   * @param goesOn whether the answer goes on, as a watch does: it takes no connection from others
   */
  async send(request: Request, goesOn = false): Promise<Incoming> {
    const { options, kept } = await this.#loggedIn();
    const { method, body, contentType = 'application/json', timeout = 60_000, signal } = request;
    const { accept = 'application/json' } = request;
    const text = body === undefined ? undefined : jsonText(body);
    const given =
      text === undefined ? {} : { 'content-type': contentType, 'content-length': Buffer.byteLength(text) };
    const headers = { ...(options.headers as Record<string, string>), accept, ...given };
    const outgoing = { method, path: this.#path(request), headers, text, timeout, signal };
    // Many requests and watches at once end by one signal, which is no leak that Node should warn of.
    if (signal !== undefined) setMaxListeners(0, signal);
    // A name and a password become a header there.
    const isMultiplexed = kept !== undefined && !goesOn && (options.auth ?? '') === '';
    const answer = isMultiplexed ? await kept.multiplexed.send(outgoing) : undefined;
    const agent = kept === undefined ? options.agent : goesOn ? kept.streams : kept.agent;
    return answer ?? this.#sendAlone(outgoing, { ...options, agent });
  }

  /** Sends a request by HTTP/1.1, over a connection that has no other at the same time. */
  #sendAlone({ text, timeout, ...outgoing }: Outgoing, login: RequestOptions): Promise<Incoming> {
    return new Promise((resolve, reject) => {
      const send = this.#server.protocol === 'http:' ? overHttp : overHttps;
      const sent = send({ ...login, ...this.#address, ...outgoing } as RequestOptions, (answer) => {
        clearTimeout(timer);
        answer.setTimeout(timeout, () => answer.destroy(tooLate()));
        resolve({ code: answer.statusCode ?? 0, headers: answer.headers, body: answer });
      });
      // The idle time of a socket begins again with each step of a handshake.
      const timer = setTimeout(() => sent.destroy(tooLate()), timeout);
      sent.on('error', reject);
      sent.on('close', () => clearTimeout(timer));
      sent.end(text);
    });
  }

  /** Forgets the login, so that the next request asks for a new one. */
  logOut(): void {
    this.#login = undefined;
  }

  close(): void {
    if (this.#kept !== undefined) closeAll(this.#kept);
  }

  /** The path of a request below that of the server, with its query. */
  #path({ path, query = {} }: Request): string {
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(query))
      if (value !== undefined) parameters.set(name, String(value));
    const text = parameters.toString();
    return `${this.#server.pathname.replace(/\/$/, '')}${path}${text === '' ? '' : `?${text}`}`;
  }

  async #loggedIn(): Promise<LoggedIn> {
    if (this.#login !== undefined && Date.now() - this.#login.at < FRESH) return this.#login;
    this.#pending ??= this.#logIn().finally(() => (this.#pending = undefined));
    return this.#pending;
  }

  async #logIn(): Promise<LoggedIn> {
    const options = await this.#logsIn();
    const isKept = !this.#isProxied && this.#server.protocol === 'https:';
    const login = isKept ? { options, kept: this.#keptFor(options) } : { options };
    this.#login = { ...login, at: Date.now() };
    return login;
  }

  /** Connections that are kept, new ones only for another certificate. */
  #keptFor(options: RequestOptions): Kept {
    const { ca, cert, key, rejectUnauthorized, servername } = options;
    const secure = { ca, cert, key, rejectUnauthorized, servername };
    const same = JSON.stringify(secure);
    if (this.#kept?.key === same) return this.#kept;
    if (this.#kept !== undefined) closeAll(this.#kept);
    const set = Object.fromEntries(Object.entries(secure).filter(([, value]) => value !== undefined));
    this.#kept = {
      key: same,
      multiplexed: new Multiplexed(this.#server, set),
      agent: new OneServerAgent({ ...set, keepAlive: true, maxSockets: SOCKETS }),
      streams: new OneServerAgent(set),
    };
    return this.#kept;
  }
}

function closeAll({ multiplexed, agent, streams }: Kept): void {
  multiplexed.close();
  agent.destroy();
  streams.destroy();
}
