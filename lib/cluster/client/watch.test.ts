import type { Answer, Cluster } from './cluster';
import { connectionError } from './failure';
import { watch } from './watch';

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

/** The first events, with the pauses in between: none of them is made. */
async function seen(code: number, most = 4): Promise<{ events: string[]; pauses: number[] }> {
  const end = new AbortController();
  const events: string[] = [];
  const pauses: number[] = [];
  const pause = (milliseconds: number): Promise<void> => Promise.resolve(void pauses.push(milliseconds));
  for await (const { type } of watch(refusing(code) as Cluster, PODS, {}, end.signal, pause)) {
    events.push(type);
    if (events.length === most) end.abort();
  }
  return { events, pauses };
}

it('tells that objects may be listed and not watched, instead of asking for ever', async () => {
  await expect(seen(403)).rejects.toMatchObject({
    code: 'CLUSTER_FORBIDDEN',
    message: expect.stringContaining('cannot watch pods: pods is forbidden') as string,
  });
});

it('lists again what the server no longer knows the changes of', async () => {
  expect((await seen(410)).events).toEqual(['ADDED', 'LISTED', 'ADDED', 'LISTED']);
});

it('lists less and less often where the server ends each watch at once', async () => {
  const { pauses } = await seen(410, 12);
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
