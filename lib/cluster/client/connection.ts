import { setMaxListeners } from 'node:events';
import { request as overHttp, type IncomingMessage } from 'node:http';
import { Agent, request as overHttps, type RequestOptions } from 'node:https';
import { urlToHttpOptions } from 'node:url';
import { jsonText } from '../../manifest/json-text';
import type { Login } from './kubeconfig/types';

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

/** What is asked of the connections to a server at once; it queues more than this by itself. */
const SOCKETS = 32;

/** Milliseconds for which what a credential plugin or provider gave is used without asking it again. */
const FRESH = 60_000;

/** Connections of one server and login: an agent would tell them apart by their certificates, several times a request. */
class OneServerAgent extends Agent {
  override getName(): string {
    return 'server';
  }
}

/** Connections to one API server, which are kept open, with what it takes to log in. */
export class Connection {
  readonly #logsIn: Login;
  readonly #isProxied: boolean;
  readonly server: string;
  readonly #server: URL;
  readonly #address: Pick<RequestOptions, 'protocol' | 'hostname' | 'port'>;
  #login: { readonly options: RequestOptions; readonly at: number } | undefined;
  #pending?: Promise<RequestOptions> | undefined;
  #agent?: { readonly agent: Agent; readonly key: string };
  #streams?: Agent;

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
  async send(request: Request, goesOn = false): Promise<IncomingMessage> {
    const login = await this.#loggedIn();
    const { method, body, contentType = 'application/json', timeout = 60_000, signal } = request;
    const { accept = 'application/json' } = request;
    const text = body === undefined ? undefined : jsonText(body);
    // Many requests and watches at once end by one signal, which is no leak that Node should warn of.
    if (signal !== undefined) setMaxListeners(0, signal);
    return new Promise((resolve, reject) => {
      const send = this.#server.protocol === 'http:' ? overHttp : overHttps;
      const headers: Record<string, unknown> = {
        ...(login.headers as Record<string, string>),
        accept,
      };
      if (text !== undefined) headers['content-type'] = contentType;
      if (text !== undefined) headers['content-length'] = Buffer.byteLength(text);
      const agent = goesOn && login.agent === this.#agent?.agent ? this.#streams : login.agent;
      const options = {
        ...login,
        ...this.#address,
        path: this.#path(request),
        agent,
        method,
        headers: headers as RequestOptions['headers'],
        signal,
      };
      const late = (): Error => Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' });
      const sent = send(options as RequestOptions, (answer) => {
        clearTimeout(timer);
        answer.setTimeout(timeout, () => answer.destroy(late()));
        resolve(answer);
      });
      // The idle time of a socket begins again with each step of a handshake.
      const timer = setTimeout(() => sent.destroy(late()), timeout);
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
    this.#agent?.agent.destroy();
    this.#streams?.destroy();
  }

  /** The path of a request below that of the server, with its query. */
  #path({ path, query = {} }: Request): string {
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(query))
      if (value !== undefined) parameters.set(name, String(value));
    const text = parameters.toString();
    return `${this.#server.pathname.replace(/\/$/, '')}${path}${text === '' ? '' : `?${text}`}`;
  }

  async #loggedIn(): Promise<RequestOptions> {
    if (this.#login !== undefined && Date.now() - this.#login.at < FRESH) return this.#login.options;
    this.#pending ??= this.#logIn().finally(() => (this.#pending = undefined));
    return this.#pending;
  }

  async #logIn(): Promise<RequestOptions> {
    const given = await this.#logsIn();
    const isKept = !this.#isProxied && this.#server.protocol === 'https:';
    const options = isKept ? { ...given, agent: this.#keptAgent(given) } : given;
    this.#login = { options, at: Date.now() };
    return options;
  }

  /** An agent that keeps connections, a new one only for another certificate. */
  #keptAgent(options: RequestOptions): Agent {
    const { ca, cert, key, rejectUnauthorized, servername } = options;
    const secure = { ca, cert, key, rejectUnauthorized, servername };
    const same = JSON.stringify(secure);
    if (this.#agent?.key === same) return this.#agent.agent;
    this.#agent?.agent.destroy();
    this.#streams?.destroy();
    const set = Object.fromEntries(Object.entries(secure).filter(([, value]) => value !== undefined));
    const agent = new OneServerAgent({ ...set, keepAlive: true, maxSockets: SOCKETS });
    this.#agent = { agent, key: same };
    this.#streams = new OneServerAgent(set);
    return agent;
  }
}
