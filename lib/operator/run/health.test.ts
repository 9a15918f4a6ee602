import { serveHealth } from './health';

it('answers health, readiness and metrics, and why it is not well', async () => {
  let trouble: string | undefined;
  const server = await serveHealth(0, '127.0.0.1', {
    unhealthy: () => trouble,
    unready: () => 'WebApp is not listed yet',
    metrics: () => 'a_total 1\n',
  });
  const get = async (path: string) => {
    const answer = await fetch(`http://127.0.0.1:${server.port}${path}`);
    return [answer.status, await answer.text()];
  };
  try {
    expect(await get('/healthz')).toEqual([200, 'ok\n']);
    trouble = 'no worker has finished anything for 10 minutes';
    expect(await get('/healthz?verbose')).toEqual([503, 'no worker has finished anything for 10 minutes\n']);
    expect(await get('/readyz')).toEqual([503, 'WebApp is not listed yet\n']);
    expect(await get('/metrics')).toEqual([200, 'a_total 1\n']);
    expect(await get('/')).toEqual([404, 'not found\n']);
    await expect(
      serveHealth(server.port, '127.0.0.1', {
        unhealthy: () => undefined,
        unready: () => undefined,
        metrics: () => '',
      }),
    ).rejects.toMatchObject({ code: 'USAGE' });
  } finally {
    await server.close();
  }
});
