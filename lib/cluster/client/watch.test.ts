import type { Answer, Cluster } from './cluster';
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

async function seen(code: number): Promise<string[]> {
  const end = new AbortController();
  const events: string[] = [];
  for await (const { type } of watch(refusing(code) as Cluster, PODS, {}, end.signal)) {
    events.push(type);
    if (events.length === 4) end.abort();
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
