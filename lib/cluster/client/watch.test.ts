import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Cluster } from './cluster';
import { connectionError } from './failure';
import { watch } from './watch';

jest.mock('node:timers/promises', () => ({ setTimeout: jest.fn(() => Promise.resolve()) }));

const PODS = { apiVersion: 'v1', kind: 'Pod', plural: 'pods', namespaced: true };

/** A server that lists one pod, and refuses to watch any with `code`, each time. */
function refusing(code: number): Pick<Cluster, 'request' | 'stream'> {
  const body = { metadata: { resourceVersion: '7' }, items: [{ metadata: { name: 'a', uid: 'u' } }] };
  const refusal = { code, reason: 'Forbidden', message: 'pods is forbidden', causes: [] };
  return {
    request: (): Promise<Answer> => Promise.resolve({ body, warnings: [] }),
    stream: () => Promise.resolve({ refusal }),
  };
}

async function seen(code: number, most = 4): Promise<string[]> {
  const end = new AbortController();
  const events: string[] = [];
  for await (const { type } of watch(refusing(code) as Cluster, PODS, {}, end.signal)) {
    events.push(type);
    if (events.length === most) end.abort();
  }
  return events;
}

it('tells that objects may be listed and not watched, instead of asking for ever', async () => {
  await expect(seen(403)).rejects.toMatchObject({
    code: 'CLUSTER_FORBIDDEN',
    message: expect.stringContaining('cannot watch pods: pods is forbidden') as string,
  });
});

it('lists again what the server no longer knows the changes of', async () => {
  expect(await seen(410)).toEqual(['ADDED', 'LISTED', 'ADDED', 'LISTED']);
});

it('lists less and less often where the server ends each watch at once', async () => {
  jest.mocked(sleep).mockClear();
  await seen(410, 12);
  const pauses = jest.mocked(sleep).mock.calls.map(([milliseconds]) => milliseconds);
  expect(pauses.slice(0, 5)).toEqual([500, 1_000, 2_000, 4_000, 5_000]);
});

it('takes a handshake that is cut off for a server that is away, and a file that is missing for a login', () => {
  const cut = { code: 'ECONNRESET', path: '/api/v1/pods', host: '127.0.0.1', port: '6443' };
  expect(connectionError(Object.assign(new Error('disconnected'), cut), 'server').code).toBe(
    'CLUSTER_UNREACHABLE',
  );
  const missing = { code: 'ENOENT', path: '/home/me/.kube/key.pem', syscall: 'open' };
  expect(connectionError(Object.assign(new Error('no such file'), missing), 'server').code).toBe(
    'CLUSTER_UNAUTHORIZED',
  );
});
