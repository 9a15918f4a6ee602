/**
 * An operator with many resources, on a control plane of its own:
 *
 *   npx jiti bench/operator.ts [rounds]
 *
 * Each of 1,000 resources renders two ConfigMaps and a Deployment without pods. Measured are: how long it takes until all
 * are ready, from nothing; how long until a change of one has arrived; what a process costs that begins when all is ready,
 * and what it does in a minute of rest. The operator runs in this process, with eight resources at once; the control plane
 * is built as for `npm run test:cluster`, and runs on the same cores.
 */
import { ApiObject } from 'cdk8s';
import { z } from 'zod';
import { startControlPlane } from '../scripts/cluster/control-plane';
import type { Cluster } from '../lib/cluster/client/cluster';
import { connect } from '../lib/cluster/client/connect';
import { limited } from '../lib/cluster/limited';
import { nextStatus } from '../lib/operator/conditions';
import { customResourceDefinition } from '../lib/operator/crd';
import { decide } from '../lib/operator/decide';
import { defineResource } from '../lib/operator/definition';
import { render } from '../lib/operator/render';
import { Operator } from '../lib/operator/run/operator';
import { median, printTable, printTitle, rounds, seconds, sized } from './measure';

const RESOURCES = sized(1000, 10);
const CHANGES = sized(20, 2);
const REST = sized(60_000, 2_000);
const ROUNDS = rounds(1);

const GROUP = 'bench.example';
const definition = defineResource({
  group: GROUP,
  kind: 'Page',
  props: z.object({ text: z.string() }),
  construct: (scope, { text }, { metadata: { name = '' } }) => {
    const labels = { app: name };
    const add = (id: string, object: object): void => void new ApiObject(scope, id, object as never);
    for (const id of ['settings', 'content'])
      add(id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `${name}-${id}` }, data: { text } });
    const container = {
      name: 'main',
      image: 'ghcr.io/acme/page:1.4.2',
      resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '16Mi' } },
    };
    add('web', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name },
      spec: {
        replicas: 0,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [container] } },
      },
    });
  },
});
const OBJECTS = 3;

/** Asks the server. */
async function ask(
  cluster: Cluster,
  method: 'GET' | 'POST' | 'PATCH',
  path: string,
  body?: object,
): Promise<unknown> {
  const contentType = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
  const answer = await cluster.request({ method, path, body, contentType });
  if (answer.refusal !== undefined) throw new Error(answer.refusal.message);
  return answer.body;
}

async function until(holds: () => Promise<boolean> | boolean, every: number): Promise<void> {
  while (!(await holds())) await new Promise((next) => setTimeout(next, every));
}

/** An operator in this process, and what it has written and used so far. */
function started(cluster: Cluster): {
  readonly writes: () => number;
  readonly isIdle: () => boolean;
  readonly stop: () => Promise<void>;
} {
  const end = new AbortController();
  const operator = new Operator(
    cluster,
    [definition],
    { render, decide, nextStatus },
    {
      port: false,
      leaderElection: false,
      namespace: 'default',
      logger: { log: () => undefined },
      signal: end.signal,
    },
    { trace: (_name, _fields, work) => work(), identity: 'bench' },
  );
  const run = operator.run();
  const { writes, reconciles } = operator.instruments;
  const whats = ['status', 'finalizer', 'object', 'event'];
  return {
    writes: () => whats.reduce((sum, what) => sum + writes.value({ what }), 0),
    isIdle: () =>
      reconciles.value({ kind: 'Page', result: 'ready' }) >= RESOURCES && operator.instruments.depth === 0,
    stop: async () => {
      end.abort();
      await run;
    },
  };
}

const rss = (): string => {
  global.gc?.();
  return `${Math.round(process.memoryUsage.rss() / 2 ** 20)} MB`;
};

async function measure(cluster: Cluster, round: number): Promise<string[][]> {
  const namespace = `bench-${round}`;
  const pages = `/apis/${GROUP}/v1/namespaces/${namespace}/pages`;
  await ask(cluster, 'POST', '/api/v1/namespaces', { metadata: { name: namespace } });
  const names = Array.from({ length: RESOURCES }, (_, index) => `page-${index}`);
  await limited(names, (name) =>
    ask(cluster, 'POST', pages, {
      apiVersion: `${GROUP}/v1`,
      kind: 'Page',
      metadata: { name },
      spec: { text: 'first' },
    }),
  );
  const rows: string[][] = [];
  const isReady = async (): Promise<boolean> => {
    const { items } = (await ask(cluster, 'GET', pages)) as {
      items: { status?: { conditions?: { type: string; status: string }[] } }[];
    };
    return items.every(({ status }) =>
      status?.conditions?.some((each) => each.type === 'Ready' && each.status === 'True'),
    );
  };

  let began = performance.now();
  const first = started(cluster);
  await until(isReady, 500);
  const took = performance.now() - began;
  rows.push([
    'all ready, from nothing',
    seconds(took),
    `${Math.round((RESOURCES * OBJECTS * 1000) / took)} objects a second, ${first.writes()} writes, ${rss()}`,
  ]);

  const latencies: number[] = [];
  for (const name of names.slice(0, CHANGES)) {
    began = performance.now();
    await ask(cluster, 'PATCH', `${pages}/${name}`, { spec: { text: 'second' } });
    await until(async () => {
      const map = await ask(cluster, 'GET', `/api/v1/namespaces/${namespace}/configmaps/${name}-content`);
      return (map as { data: { text: string } }).data.text === 'second';
    }, 5);
    latencies.push(performance.now() - began);
  }
  rows.push([
    'a change has arrived',
    seconds(median(latencies)),
    `the longest ${seconds(Math.max(...latencies))}`,
  ]);
  await until(isReady, 500);
  await first.stop();

  began = performance.now();
  const cpu = process.cpuUsage();
  const second = started(cluster);
  await until(second.isIdle, 100);
  const used = process.cpuUsage(cpu);
  rows.push([
    'begun again, all looked at',
    seconds(performance.now() - began),
    `${second.writes()} writes, ${seconds((used.user + used.system) / 1000)} of CPU, ${rss()}`,
  ]);

  const before = second.writes();
  const atRest = process.cpuUsage();
  await new Promise((next) => setTimeout(next, REST));
  const idle = process.cpuUsage(atRest);
  rows.push([
    'rest',
    seconds(REST),
    `${second.writes() - before} writes, ${seconds((idle.user + idle.system) / 1000)} of CPU, ${rss()}`,
  ]);
  await second.stop();
  return rows;
}

async function main(): Promise<void> {
  const plane = await startControlPlane();
  try {
    const cluster = await connect({ kubeconfig: plane.kubeconfig });
    await ask(
      cluster,
      'POST',
      '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
      customResourceDefinition(definition),
    );
    await until(
      async () =>
        ask(cluster, 'GET', `/apis/${GROUP}/v1/pages`).then(
          () => true,
          () => false,
        ),
      200,
    );
    for (let round = 0; round < ROUNDS; round++) {
      printTitle(`${RESOURCES} resources of ${OBJECTS} objects`, 1);
      printTable(['', 'time', ''], await measure(cluster, round));
    }
    cluster.close();
  } finally {
    await plane.stop();
  }
}

void main();
