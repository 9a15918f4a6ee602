import { createServer, type Server } from 'node:http';
import { SeaworthyError } from '../../errors';

/** What a process answers about itself. */
export interface HealthSources {
  /** Why it should be restarted; undefined if it should not. */
  readonly unhealthy: () => string | undefined;
  /** Why it is not ready yet; undefined once it is. */
  readonly unready: () => string | undefined;
  /** Metrics in the text format of Prometheus. */
  readonly metrics: () => string;
}

/** A server that answers `/healthz`, `/readyz` and `/metrics`. */
export interface HealthServer {
  readonly port: number;
  close(): Promise<void>;
}

const PLAIN = 'text/plain; charset=utf-8';

/**
 * Serves health and metrics.
 *
 * @param port 0 for one that is free
 * @throws SeaworthyError USAGE if the port is taken
 */
export async function serveHealth(port: number, host: string, sources: HealthSources): Promise<HealthServer> {
  const server = createServer((request, response) => {
    const { status, type = PLAIN, body } = answerTo(request.url ?? '', sources);
    response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
    response.end(request.method === 'HEAD' ? undefined : body);
  });
  server.requestTimeout = 10_000;
  await listening(server, port, host);
  // It answers as long as the operator runs, and is no reason for that.
  server.unref();
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listening(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        new SeaworthyError({
          code: 'USAGE',
          path: 'port',
          message: `cannot listen on port ${port}: ${error.code ?? error.message}`,
          hint: 'Choose another port, or 0 for none.',
        }),
      ),
    );
    server.listen(port, host);
  });
}

function answerTo(
  url: string,
  { unhealthy, unready, metrics }: HealthSources,
): { readonly status: number; readonly type?: string; readonly body: string } {
  const path = url.split('?', 1)[0];
  if (path === '/metrics')
    return { status: 200, type: 'text/plain; version=0.0.4; charset=utf-8', body: metrics() };
  if (path !== '/healthz' && path !== '/readyz') return { status: 404, body: 'not found\n' };
  const reason = path === '/healthz' ? unhealthy() : unready();
  return reason === undefined ? { status: 200, body: 'ok\n' } : { status: 503, body: `${reason}\n` };
}
