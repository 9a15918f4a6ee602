/** @jest-environment ./test/cluster/environment.js */
import { readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { parse } from 'yaml';
import { canBeKilled, cluster, testNamespace, until } from './cluster';
import { startFaultProxy, type FaultOptions, type FaultProxy } from './faults';

const namespace = testNamespace('faults');
const PATH = `/api/v1/namespaces/${namespace}/configmaps`;

interface Answer {
  readonly code: number | 'cut';
  readonly retryAfter: string | undefined;
  readonly text: string;
}

/** Asks the server of a kubeconfig, by a connection of its own. */
function ask({ kubeconfig }: FaultProxy, method: string, path = PATH, body?: object): Promise<Answer> {
  const { clusters } = parse(readFileSync(kubeconfig, 'utf8')) as {
    readonly clusters: readonly {
      readonly cluster: { readonly server: string; readonly 'certificate-authority'?: string };
    }[];
  };
  const { server = '', 'certificate-authority': authority } = clusters[0]?.cluster ?? {};
  const send = authority === undefined ? httpRequest : httpsRequest;
  const trust = authority === undefined ? {} : { ca: readFileSync(authority) };
  return new Promise((resolve) => {
    let text = '';
    const headers = { 'content-type': 'application/json' };
    const sent = send(new URL(path, server), { method, headers, agent: false, ...trust }, (response) => {
      const retryAfter = response.headers['retry-after'];
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => resolve({ code: response.statusCode ?? 0, retryAfter, text }));
      response.on('error', () => resolve({ code: 'cut', retryAfter, text }));
    });
    sent.on('error', () => resolve({ code: 'cut', retryAfter: undefined, text }));
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

async function withProxy<T>(options: FaultOptions, use: (proxy: FaultProxy) => Promise<T>): Promise<T> {
  const proxy = await startFaultProxy(options);
  try {
    return await use(proxy);
  } finally {
    await proxy.stop();
  }
}

const configMap = (name: string): object => ({ metadata: { name }, data: { key: 'value' } });

async function exists(name: string): Promise<boolean> {
  const { items } = await cluster.core.listNamespacedConfigMap({ namespace });
  return items.some(({ metadata }) => metadata?.name === name);
}

test.each([
  ['too-many-requests', 429, false],
  ['server-error', 500, false],
  ['unavailable', 503, false],
  ['cut-before', 'cut', false],
  ['cut-after', 'cut', true],
  ['cut-answer', 'cut', true],
  ['timeout', 504, true],
  ['slow-request', 201, true],
  ['slow-answer', 201, true],
] as const)('%s: the client sees %s, and that the server acted is %s', async (fault, code, acted) => {
  await withProxy({ seed: 1, rates: { [fault]: 1 } }, async (proxy) => {
    const answer = await ask(proxy, 'POST', PATH, configMap(fault));
    expect([answer.code, await exists(fault), proxy.counts]).toEqual([
      code,
      acted,
      { requests: 1, [fault]: 1 },
    ]);
    expect(answer.retryAfter).toBe(code === 429 ? '1' : undefined);
  });
});

test('the same seed does the same to the same requests, in whatever order they come', async () => {
  const run = (seed: number, names: readonly string[]): Promise<readonly string[]> =>
    withProxy({ seed, rates: { 'server-error': 0.5 } }, async (proxy) => {
      const codes = await Promise.all(
        names.map(async (name) => `${name} ${(await ask(proxy, 'GET', `${PATH}/${name}`)).code}`),
      );
      return codes.sort();
    });
  const names = Array.from({ length: 20 }, (_, index) => `n${index}`);
  const first = await run(7, names);
  expect(await run(7, [...names].reverse())).toEqual(first);
  expect(await run(8, names)).not.toEqual(first);
});

test.each([
  ['watch-cut', 'cut', ''],
  ['watch-gone', 200, '"code":410'],
] as const)('%s ends a watch', async (fault, code, last) => {
  await withProxy({ seed: 1, rates: { [fault]: 1 } }, async (proxy) => {
    const answer = await ask(proxy, 'GET', `${PATH}?watch=true`);
    expect(answer.code).toBe(code);
    expect(answer.text).toContain(last);
  });
});

test('a lost network cuts every request until it is back', async () => {
  await withProxy({ seed: 1, rates: {} }, async (proxy) => {
    proxy.disconnect();
    expect((await ask(proxy, 'GET')).code).toBe('cut');
    proxy.reconnect();
    expect((await ask(proxy, 'GET')).code).toBe(200);
  });
});

const describeIfOwn = canBeKilled ? describe : describe.skip;

describeIfOwn('killed', () => {
  test('the API server comes back with what it had', async () => {
    await cluster.core.createNamespacedConfigMap({ namespace, body: configMap('before-crash') });
    await cluster.restartApiServer();
    expect(await exists('before-crash')).toBe(true);
  });

  test('the control plane comes back with what it had, at the same address', async () => {
    await cluster.core.createNamespacedConfigMap({ namespace, body: configMap('before-kill') });
    await cluster.kill();
    expect(await exists('before-kill').catch(String)).toContain('ECONNREFUSED');
    await cluster.restart();
    expect(await until(() => exists('before-kill').catch(() => undefined))).toBe(true);
  });
});
