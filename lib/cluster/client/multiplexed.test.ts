import { createSecureServer, type Http2SecureServer, type ServerHttp2Session } from 'node:http2';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { removeFolders } from '../../../test/cli/support/cli';
import { selfSigned } from '../../../test/cli/support/registry';
import { ask } from './cluster';
import { Connection } from './connection';

const certificate = selfSigned();
const sessions: ServerHttp2Session[] = [];
const seen: { readonly path: string; readonly version: string; readonly authorization: string }[] = [];
let open: { readonly close: () => void }[] = [];

afterAll(removeFolders);

afterEach(() => {
  for (const each of open) each.close();
  open = [];
  sessions.length = 0;
  seen.length = 0;
});

/** A server that knows HTTP/2 and 1.1: it tells its requests, never answers `/silent`, and cuts `/cut` off each first time. */
function modern(): Http2SecureServer {
  const server = createSecureServer({ ...certificate, allowHTTP1: true }, (request, response) => {
    const { url, httpVersion, headers } = request;
    const isSecond = seen.some(({ path }) => path === url);
    seen.push({ path: url, version: httpVersion, authorization: String(headers.authorization) });
    if (url.startsWith('/silent')) return;
    if (url.startsWith('/cut') && !isSecond) return void response.stream.session?.destroy();
    if (url.startsWith('/goaway') && !isSecond) response.stream.session?.goaway(0);
    response.setHeader('content-type', 'application/json');
    response.setHeader('warning', ['299 - "old"', '299 - "older, \\"far\\""']);
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => response.end(JSON.stringify({ text })));
  });
  server.on('session', (session) => sessions.push(session));
  return server;
}

/** A connection to a server on this machine that trusts its certificate. */
async function connected(
  server: Pick<Http2SecureServer, 'listen' | 'address' | 'close'>,
  options: object = {},
): Promise<Connection> {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', () => listening()));
  const { port } = server.address() as AddressInfo;
  const login = { ca: certificate.cert, headers: {}, ...options };
  const connection = new Connection(() => Promise.resolve(login), `https://127.0.0.1:${port}`, false);
  open.push({ close: () => (connection.close(), server.close()) });
  return connection;
}

const get = (path: string, more: object = {}) => ({ method: 'GET' as const, path, ...more });

it('sends all requests over one connection by HTTP/2', async () => {
  const connection = await connected(modern());
  const paths = Array.from({ length: 40 }, (_, index) => `/${index}`);
  await Promise.all(paths.map((path) => ask(connection, get(path), { within: 0 })));
  expect(seen.map(({ version }) => version)).toEqual(paths.map(() => '2.0'));
  expect(sessions).toHaveLength(1);
});

it('passes on what is sent, and what the server warns of', async () => {
  const connection = await connected(modern());
  const request = { method: 'PATCH' as const, path: '/', body: { a: 'ü' } };
  expect(await ask(connection, request, { within: 0 })).toEqual({
    body: { text: '{"a":"ü"}' },
    warnings: ['old', 'older, "far"'],
  });
});

it.each(['/cut', '/goaway'])('makes a new connection where the server ends one (%s)', async (path) => {
  const connection = await connected(modern());
  await ask(connection, get(path), { within: 10_000 });
  await ask(connection, get(path), { within: 10_000 });
  expect(sessions).toHaveLength(2);
});

it('asks by a new connection what is not answered in time', async () => {
  const connection = await connected(modern());
  await ask(connection, get('/first'), { within: 0 });
  await expect(ask(connection, get('/silent', { timeout: 100 }), { within: 0 })).rejects.toMatchObject({
    code: 'CLUSTER_UNREACHABLE',
    message: expect.stringContaining('does not answer in time') as string,
  });
  await ask(connection, get('/second'), { within: 0 });
  expect(sessions).toHaveLength(2);
});

it('ends what is under way by its signal, and nothing else', async () => {
  const connection = await connected(modern());
  const controller = new AbortController();
  const { signal } = controller;
  const ended = ask(connection, get('/silent', { signal }), { within: 10_000 });
  const other = ask(connection, get('/silent/other', { timeout: 3_000 }), { within: 0 });
  other.catch(() => undefined);
  await ask(connection, get('/first'), { within: 0 });
  controller.abort();
  await expect(ended).rejects.toMatchObject({ name: 'AbortError' });
  await ask(connection, get('/second'), { within: 0 });
  expect(sessions).toHaveLength(1);
});

it('asks a server without HTTP/2 by HTTP/1.1', async () => {
  const server = createServer(certificate, ({ httpVersion }, response) =>
    response.end(JSON.stringify(httpVersion)),
  );
  const connection = await connected(server as unknown as Http2SecureServer);
  expect(await ask(connection, get('/'), { within: 0 })).toMatchObject({ body: '"1.1"' });
});

it('logs in with a name and a password by HTTP/1.1', async () => {
  const connection = await connected(modern(), { auth: 'jane:secret' });
  await ask(connection, get('/'), { within: 0 });
  const basic = `Basic ${Buffer.from('jane:secret').toString('base64')}`;
  expect(seen).toEqual([{ path: '/', version: '1.1', authorization: basic }]);
});

it('says what is wrong with a certificate', async () => {
  const connection = await connected(modern(), { servername: 'elsewhere' });
  await expect(ask(connection, get('/'), { within: 0 })).rejects.toMatchObject({
    message: expect.stringContaining('its certificate is not the one') as string,
  });
});
