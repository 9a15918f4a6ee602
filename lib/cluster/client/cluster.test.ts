import { get } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { ask } from './cluster';
import type { Connection } from './connection';

const CUT = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{"kind": "Po';
const WHOLE = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{"kind": "Pod"}';

/** Asks a server that gives these answers, one after the other, and then the last of them. */
async function asked(answers: readonly string[], within: number) {
  let at = 0;
  const server = createServer((socket) => {
    socket.once('data', () => socket.end(answers[Math.min(at++, answers.length - 1)] ?? ''));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const connection = {
    server: 'https://cluster.test',
    send: () =>
      new Promise((resolve, reject) =>
        get({ port, agent: false }, (body) =>
          resolve({ code: body.statusCode, headers: body.headers, body }),
        ).once('error', reject),
      ),
    logOut: () => undefined,
  } as unknown as Connection;
  try {
    return await ask(connection, { method: 'GET', path: '/api/v1/pods' }, { within });
  } finally {
    server.close();
  }
}

it('asks again where the JSON of an answer is cut off', async () => {
  expect(await asked([CUT, CUT, WHOLE], 5_000)).toEqual({ body: { kind: 'Pod' }, warnings: [] });
});

it('says that an answer is cut off, if it always is', async () => {
  await expect(asked([CUT], 0)).rejects.toMatchObject({
    code: 'CLUSTER_UNREACHABLE',
    message: expect.stringContaining('its answer is cut off') as string,
  });
});
