import { execFileSync } from 'node:child_process';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { folderWith, read } from './cli';

/** What a registry is, and what it was asked. */
export interface TestRegistry {
  readonly host: string;
  readonly asked: readonly string[];
  readonly close: () => void;
}

/** A certificate for this machine that nobody but itself has signed. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** A registry on this machine that answers as `answer` says; with a certificate, over TLS. */
export function registry(
  answer: (request: IncomingMessage, response: ServerResponse, host: string) => void,
  certificate?: Certificate,
): Promise<TestRegistry> {
  const asked: string[] = [];
  const hostOf = (server: Server): string => `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return new Promise((resolve) => {
    const listener = (request: IncomingMessage, response: ServerResponse): void => {
      asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
      answer(request, response, hostOf(server));
    };
    const server: Server =
      certificate === undefined ? createServer(listener) : createSecureServer(certificate, listener);
    server.listen(0, '127.0.0.1', () =>
      resolve({ host: hostOf(server), asked, close: () => void server.close() }),
    );
  });
}

/** A new certificate, by openssl. */
export function selfSigned(): Certificate {
  const folder = folderWith({});
  const subject = ['-subj', '/CN=registry', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '1'];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', 'key.pem'];
  execFileSync('openssl', ['req', '-x509', ...key, '-out', 'cert.pem', ...subject], {
    cwd: join(folder),
    stdio: 'ignore',
  });
  return { key: read(folder, 'key.pem'), cert: read(folder, 'cert.pem') };
}
