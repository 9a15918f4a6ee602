import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import {
  createSecureServer,
  type Http2SecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from 'node:http2';
import { Agent, request as httpsRequest, type RequestOptions } from 'node:https';
import {
  createServer as createTcpServer,
  type AddressInfo,
  type Server as TcpServer,
  type Socket,
} from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Writable } from 'node:stream';
import type * as Client from '@kubernetes/client-node';
import { stringify } from 'yaml';
import {
  chooseFault,
  SOME_OF_EACH,
  type Choice,
  type Fault,
  type FaultRates,
  type Seen,
} from './fault-choice';

export type { Fault, FaultRates, Seen } from './fault-choice';

declare const requireByNode: NodeJS.Require;

export interface FaultOptions {
  readonly seed: number;
  /** @default some of each fault */
  readonly rates?: FaultRates;
  /** @default the cluster of the tests */
  readonly kubeconfig?: string;
  /** The longest that something slow takes, in milliseconds. @default 300 */
  readonly slowest?: number;
  /** Whether a request may log in by its header `Authorization`; others get 401. @default whoever comes may */
  readonly accepts?: (authorization: string | undefined) => boolean;
  /** Called before a request is sent on, which waits for it: to kill the server at a certain request. */
  readonly before?: (request: Seen) => void | Promise<void>;
}

/** A proxy in front of an API server, on loopback. */
export interface FaultProxy {
  /** Path of a kubeconfig that points at the proxy. */
  readonly kubeconfig: string;
  /** How many requests came, and how many of them got each fault. */
  readonly counts: Readonly<Partial<Record<Fault | 'requests', number>>>;
  /** From now on every request is sent on as it is. */
  readonly calm: () => void;
  /** The network is lost: all connections are cut, and new ones as well, until `reconnect`. */
  readonly disconnect: () => void;
  readonly reconnect: () => void;
  readonly stop: () => Promise<void>;
}

/** By HTTP/1.1 or HTTP/2. */
type Asked = IncomingMessage | Http2ServerRequest;
type Answering = ServerResponse | Http2ServerResponse;

interface Upstream {
  readonly server: string;
  readonly agent: Agent;
  readonly headers: Readonly<Record<string, string>>;
}

/** Starts a proxy that answers badly, by the seed: with TLS where the certificate of the server is at hand. */
export async function startFaultProxy(options: FaultOptions): Promise<FaultProxy> {
  const source = options.kubeconfig ?? process.env['SEAWORTHY_TEST_KUBECONFIG'] ?? '';
  const upstream = await upstreamOf(source);
  const proxy = new Proxy(options, upstream);
  const tls = existsSync(join(dirname(source), 'server.key'));
  const file = (name: string): Buffer => readFileSync(join(dirname(source), name));
  const server = tls
    ? createSecureServer(
        { key: file('server.key'), cert: file('server.crt'), allowHTTP1: true },
        proxy.answer,
      )
    : createServer(proxy.answer);
  const sockets = trackSockets(server, () => proxy.isConnected);
  const port = await listen(server);
  const folder = mkdtempSync(join(tmpdir(), 'seaworthy-faults-'));
  const kubeconfig = join(folder, 'kubeconfig');
  const authority = tls ? { 'certificate-authority': join(dirname(source), 'ca.crt') } : {};
  writeFileSync(kubeconfig, kubeconfigFor(`${tls ? 'https' : 'http'}://127.0.0.1:${port}`, authority));
  return {
    kubeconfig,
    counts: proxy.counts,
    calm: () => (proxy.rates = {}),
    disconnect: () => {
      proxy.isConnected = false;
      for (const socket of sockets) socket.destroy();
    },
    reconnect: () => (proxy.isConnected = true),
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((closed) => server.close(closed));
      upstream.agent.destroy();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A server on loopback that takes connections and never says a word, as the URL of a webhook that times out. */
export async function startHangingServer(): Promise<{
  readonly url: string;
  readonly stop: () => Promise<void>;
}> {
  const server = createTcpServer();
  const sockets = trackSockets(server, () => true);
  const port = await listen(server);
  return {
    url: `https://127.0.0.1:${port}`,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}

class Proxy {
  readonly counts: Partial<Record<Fault | 'requests', number>> = {};
  readonly #seen = new Map<string, number>();
  readonly #options: FaultOptions;
  readonly #upstream: Upstream;
  rates: FaultRates;
  isConnected = true;

  constructor(options: FaultOptions, upstream: Upstream) {
    this.#options = options;
    this.#upstream = upstream;
    this.rates = options.rates ?? SOME_OF_EACH;
  }

  /** Answers one request. */
  readonly answer = (request: Asked, response: Answering): void => {
    response.on('error', () => undefined);
    const seen = this.#see(request);
    const choice = chooseFault(this.#options.seed, this.rates, seen);
    this.#count('requests');
    if (choice.fault !== undefined) this.#count(choice.fault);
    this.#answer(request, response, seen, choice).catch(() => cut(response));
  };

  async #answer(request: Asked, response: Answering, seen: Seen, choice: Choice): Promise<void> {
    const body = await bodyOf(request);
    const pause = (this.#options.slowest ?? 300) * choice.extent;
    await this.#options.before?.(seen);
    if (this.#options.accepts?.(request.headers.authorization) === false)
      return refuse(response, 401, 'Unauthorized');
    if (choice.fault === 'too-many-requests') return refuse(response, 429, 'TooManyRequests');
    if (choice.fault === 'server-error') return refuse(response, 500, 'InternalError');
    if (choice.fault === 'unavailable') return refuse(response, 503, 'ServiceUnavailable');
    if (choice.fault === 'cut-before') return cut(response);
    if (choice.fault === 'slow-request') await sleep(pause);
    const answer = await this.#send(request, body, response);
    if (seen.isWatch) return passWatch(answer, response, choice.fault, pause);
    const content = await bodyOf(answer);
    if (choice.fault === 'cut-after') return cut(response);
    if (choice.fault === 'timeout') return refuse(response, 504, 'Timeout');
    if (choice.fault === 'slow-answer') await sleep(pause);
    const headers = { ...answer.headers, 'content-length': String(content.length) };
    begin(response, answer.statusCode ?? 502, headers);
    if (choice.fault !== 'cut-answer') return void response.end(content);
    (response as Writable).write(content.subarray(0, content.length / 2), () => cut(response));
  }

  #send(request: Asked, body: Buffer, response: Answering): Promise<IncomingMessage> {
    const { server, agent } = this.#upstream;
    const {
      host: _,
      connection: __,
      'transfer-encoding': ___,
      authorization: ____,
      ...given
    } = request.headers;
    const own = Object.entries(given).filter(([name]) => !name.startsWith(':'));
    const headers = {
      ...Object.fromEntries(own),
      ...this.#upstream.headers,
      'content-length': String(body.length),
    };
    return new Promise((resolve, reject) => {
      const url = new URL(request.url ?? '/', server);
      let received: IncomingMessage | undefined;
      const sent = httpsRequest(url, { method: request.method, agent, headers }, (answer) => {
        received = answer;
        resolve(answer);
      });
      sent.on('error', reject);
      // Whoever stops watching ends the watch of the server, too.
      response.on('close', () => {
        if (received?.complete !== true) sent.destroy();
      });
      sent.end(body);
    });
  }

  #see(request: Asked): Seen {
    const { pathname: path, searchParams } = new URL(request.url ?? '/', this.#upstream.server);
    const isWatch = ['1', 'true'].includes(searchParams.get('watch') ?? '');
    const method = request.method ?? 'GET';
    const key = `${method} ${path} ${isWatch}`;
    const nth = this.#seen.get(key) ?? 0;
    this.#seen.set(key, nth + 1);
    return { method, path, isWatch, nth };
  }

  #count(what: Fault | 'requests'): void {
    this.counts[what] = (this.counts[what] ?? 0) + 1;
  }
}

/** Passes the events of a watch on, whole lines at a time, until the fault comes. */
function passWatch(
  answer: IncomingMessage,
  response: Answering,
  fault: Fault | undefined,
  pause: number,
): void {
  begin(response, answer.statusCode ?? 502, answer.headers);
  if ('flushHeaders' in response) response.flushHeaders();
  let rest = '';
  answer.setEncoding('utf8');
  answer.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) (response as Writable).write(`${line}\n`);
  });
  answer.on('end', () => response.end());
  answer.on('error', () => cut(response));
  if (fault === undefined) return;
  setTimeout(() => {
    answer.removeAllListeners('data');
    if (fault === 'watch-cut') return cut(response);
    response.end(`${JSON.stringify({ type: 'ERROR', object: statusOf(410, 'Expired') })}\n`);
    answer.destroy();
  }, pause);
}

/** Ends an answer in the middle: the connection, or by HTTP/2 the one request of it. */
function cut(response: Answering): void {
  if ('stream' in response) response.stream.destroy(new Error('a fault'));
  else response.destroy();
}

/** Begins an answer with the headers of another, without what is about the connection of that one. */
function begin(response: Answering, code: number, headers: IncomingMessage['headers']): void {
  const { connection: _, 'transfer-encoding': __, 'keep-alive': ___, ...rest } = headers;
  for (const [name, value] of Object.entries(rest)) if (value !== undefined) response.setHeader(name, value);
  response.writeHead(code);
}

function statusOf(code: number, reason: string): object {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message: 'a fault',
    reason,
    code,
  };
}

function refuse(response: Answering, code: number, reason: string): void {
  const retry = code === 429 ? { 'retry-after': '1' } : {};
  begin(response, code, { 'content-type': 'application/json', ...retry });
  response.end(JSON.stringify(statusOf(code, reason)));
}

async function upstreamOf(kubeconfig: string): Promise<Upstream> {
  const { KubeConfig } = requireByNode('@kubernetes/client-node') as typeof Client;
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const options: RequestOptions = {};
  await config.applyToHTTPSOptions(options);
  const { ca, cert, key, rejectUnauthorized, headers } = options;
  const trust = rejectUnauthorized === undefined ? {} : { rejectUnauthorized };
  return {
    server: config.getCurrentCluster()?.server ?? '',
    agent: new Agent({ keepAlive: true, ca, cert, key, ...trust }),
    headers: Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name, String(value)])),
  };
}

function kubeconfigFor(server: string, authority: object): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'faults', cluster: { server, ...authority } }],
    users: [{ name: 'faults', user: {} }],
    contexts: [{ name: 'faults', context: { cluster: 'faults', user: 'faults' } }],
    'current-context': 'faults',
  });
}

function trackSockets(
  server: Server | Http2SecureServer | TcpServer,
  isConnected: () => boolean,
): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    socket.on('error', () => undefined);
    if (!isConnected()) return void socket.destroy();
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  return sockets;
}

async function listen(server: Server | Http2SecureServer | TcpServer): Promise<number> {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return (server.address() as AddressInfo).port;
}

async function bodyOf(message: Asked): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const sleep = (milliseconds: number): Promise<void> => new Promise((next) => setTimeout(next, milliseconds));
