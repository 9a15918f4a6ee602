/**
 * An operator with many resources, beside a controller in Go that does the same (operator-peer), each a process of its own,
 * on one control plane:
 *
 *   npx jiti bench/operator.ts [rounds] [--resources 1000] [--alone [--bare]]
 *
 * Each resource becomes a ConfigMap, a Service and a Deployment without pods. Measured are: how long it takes until all are
 * ready, from nothing; how long until a change of one has arrived; what a process costs that begins when all is ready, and
 * what it does in a minute of rest. Requests are counted by the API server, watches among them; both work on eight
 * resources at once, one after the other, each in a namespace of its own. The controller in Go applies its three objects
 * and says whether they are ready, and no more: it checks, plans, prunes and records nothing. The control plane is built
 * as for `npm run test:cluster`, and runs on the same cores. `--alone` leaves out the controller in Go, and `--bare` all of
 * a resource but its ConfigMap.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { startControlPlane } from '../scripts/cluster/control-plane';
import type { Cluster } from '../lib/cluster/client/cluster';
import { connect } from '../lib/cluster/client/connect';
import { pagesOf } from '../lib/cluster/client/objects';
import { limited } from '../lib/cluster/limited';
import type { KubeObject } from '../lib/manifest/manifest';
import { customResourceDefinition } from '../lib/operator/crd';
import { emptyFolder, median, printTable, printTitle } from './measure';
import { ratio, requireBuild, rounds, seconds, sized, times } from './measure';
import { OURS, peer, Running, type Contestant } from './operators';
import { numberAfter } from './relay';
import { page } from './subjects/page';

requireBuild();
const RESOURCES = numberAfter('--resources', sized(1000, 10));
const CHANGES = sized(20, 2);
const REST = sized(60_000, 2_000);
const ROUNDS = rounds(1);
const SLOWEST = 30 * 60_000 + RESOURCES * 300;
const IS_ALONE = process.argv.includes('--alone');
const IS_BARE = IS_ALONE && process.argv.includes('--bare');
const OBJECTS = IS_BARE ? 1 : 3;

/** What each step of a contestant came to, by its name; the unit is in the name. */
type Figures = Readonly<Record<string, number>>;

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

async function until(holds: () => Promise<boolean>, every: number): Promise<void> {
  const began = performance.now();
  while (!(await holds())) {
    if (performance.now() - began > SLOWEST)
      throw new Error(`it takes longer than ${SLOWEST / 60_000} minutes`);
    await pause(every);
  }
}

const pause = (milliseconds: number): Promise<void> => new Promise((next) => setTimeout(next, milliseconds));

/** Requests of service accounts outside of kube-system, as the API server counts them: those of what is measured. */
async function requests(cluster: Cluster): Promise<number> {
  const text = String(await ask(cluster, 'GET', '/metrics'));
  const series =
    /^apiserver_flowcontrol_dispatched_requests_total\{flow_schema="service-accounts".*\} (\S+)$/gm;
  return [...text.matchAll(series)].reduce((sum, [, count]) => sum + Number(count), 0);
}

/** A service account that may do everything. @returns the file of its kubeconfig */
async function account(cluster: Cluster, kubeconfig: string): Promise<string> {
  const name = 'bench';
  const subjects = [{ kind: 'ServiceAccount', name, namespace: 'default' }];
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' };
  const accounts = '/api/v1/namespaces/default/serviceaccounts';
  await ask(cluster, 'POST', accounts, { metadata: { name } });
  await ask(cluster, 'POST', '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings', {
    metadata: { name },
    subjects,
    roleRef,
  });
  const spec = { audiences: [], expirationSeconds: 86_400 };
  const answer = await ask(cluster, 'POST', `${accounts}/${name}/token`, { spec });
  const { token } = (answer as { status: { token: string } }).status;
  const config = parse(readFileSync(kubeconfig, 'utf8')) as { users: { user: object }[] };
  const users = config.users.map((each) => ({ ...each, user: { token } }));
  const file = join(emptyFolder('operator'), 'kubeconfig');
  writeFileSync(file, stringify({ ...config, users }));
  return file;
}

const PAGES = { apiVersion: 'bench.example/v1', kind: 'Page', plural: 'pages', namespaced: true };

function isReady(page: KubeObject): boolean {
  const { conditions = [] } = (page['status'] ?? {}) as { conditions?: { type: string; status: string }[] };
  return conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
}

/** Pages of a namespace. */
class Pages {
  readonly #cluster: Cluster;
  readonly #namespace: string;
  readonly #path: string;
  readonly names = Array.from({ length: RESOURCES }, (_, index) => `page-${index}`);

  constructor(cluster: Cluster, namespace: string) {
    this.#cluster = cluster;
    this.#namespace = namespace;
    this.#path = `/apis/bench.example/v1/namespaces/${namespace}/pages`;
  }

  async create(): Promise<void> {
    await ask(this.#cluster, 'POST', '/api/v1/namespaces', { metadata: { name: this.#namespace } });
    const object = { apiVersion: 'bench.example/v1', kind: 'Page', spec: { text: 'first', isBare: IS_BARE } };
    await limited(this.names, (name) =>
      ask(this.#cluster, 'POST', this.#path, { ...object, metadata: { name } }),
    );
  }

  /** By pages: a list of ten thousand at once is more than a busy server gives within a minute. */
  readonly areReady = async (): Promise<boolean> => {
    const selection = { namespace: this.#namespace };
    for await (const { objects } of pagesOf(this.#cluster, PAGES, selection))
      if (!objects.every(isReady)) return false;
    return true;
  };

  /** Changes one. @returns milliseconds until its ConfigMap says so */
  async change(name: string): Promise<number> {
    const began = performance.now();
    await ask(this.#cluster, 'PATCH', `${this.#path}/${name}`, { spec: { text: 'second' } });
    const maps = `/api/v1/namespaces/${this.#namespace}/configmaps`;
    await until(async () => {
      const map = (await ask(this.#cluster, 'GET', `${maps}/${name}`)) as { data: { text: string } };
      return map.data.text === 'second';
    }, 5);
    return performance.now() - began;
  }
}

async function measure(
  contestant: Contestant,
  cluster: Cluster,
  namespace: string,
  kubeconfig: string,
): Promise<Figures> {
  const pages = new Pages(cluster, namespace);
  await pages.create();
  const first = await counted(cluster, async () => {
    const operator = await Running.start(contestant, namespace, kubeconfig);
    // A list of them all, each time, would be work for the server that is measured.
    await until(async () => (await operator.reconciles()) >= RESOURCES, 200);
    await until(pages.areReady, 200 + RESOURCES / 5);
    return operator;
  });
  const operator = first.result;
  const { peak } = operator.memory;
  const cpu = operator.cpu;
  const latencies: number[] = [];
  for (const name of pages.names.slice(0, CHANGES)) latencies.push(await pages.change(name));
  await until(pages.areReady, 500);
  await operator.stop();

  const second = await counted(cluster, async () => {
    const again = await Running.start(contestant, namespace, kubeconfig);
    await until(async () => (await again.reconciles()) >= RESOURCES, 200);
    return again;
  });
  const again = second.result;
  const beganAgain = again.cpu;
  // What is under way comes to its end.
  await pause(REST / 6);
  const rested = again.cpu;
  const rest = await counted(cluster, () => pause(REST));
  const figures = {
    'all ready, from nothing, ms': first.took,
    '- requests': first.requests,
    '- processor time, ms': cpu,
    '- memory at most, MB': peak,
    'a change has arrived, ms': median(latencies),
    '- the longest, ms': Math.max(...latencies),
    'begun again, all looked at, ms': second.took,
    '- requests, begun again': second.requests,
    '- processor time, begun again, ms': beganAgain,
    [`requests in ${REST / 1000} s of rest`]: rest.requests,
    '- processor time at rest, ms': again.cpu - rested,
    '- memory at rest, MB': again.memory.now,
  };
  await again.stop();
  return figures;
}

/** Does something. @returns what it took, and the requests that were sent meanwhile */
async function counted<T>(
  cluster: Cluster,
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly took: number; readonly requests: number }> {
  const before = await requests(cluster);
  const began = performance.now();
  const result = await work();
  const took = performance.now() - began;
  return { result, took, requests: (await requests(cluster)) - before };
}

/** Prints the figures of both, and how many times those of the other one ours are. */
function print(results: Readonly<Record<string, readonly Figures[]>>): void {
  const [ours = [], others = []] = Object.values(results);
  const value = (name: string, figure: number): string =>
    name.endsWith('ms') ? seconds(figure) : String(Math.round(figure));
  const rows = Object.keys(ours[0] ?? {}).map((name) => {
    const [own, theirs] = [ours, others].map((each) => each.map((figures) => figures[name] ?? NaN));
    const [mine = [], other = []] = [own, theirs];
    const cells = (IS_ALONE ? [mine] : [mine, other]).map((each) => value(name, median(each)));
    return [name.replace(/, ms$/, ''), ...cells, ...(IS_ALONE ? [] : [times(ratio(mine, other))])];
  });
  printTitle(`${RESOURCES} resources of ${OBJECTS} objects`, ROUNDS);
  printTable(['', ...Object.keys(results), ...(IS_ALONE ? [] : ['of the time, number or size'])], rows);
}

async function main(): Promise<void> {
  const contestants: Readonly<Record<string, Contestant>> = {
    seaworthy: OURS,
    ...(!IS_ALONE && { 'controller-runtime': peer() }),
  };
  const plane = await startControlPlane();
  try {
    const cluster = await connect({ kubeconfig: plane.kubeconfig });
    const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
    await ask(cluster, 'POST', definitions, customResourceDefinition(page));
    const list = (): Promise<boolean> =>
      ask(cluster, 'GET', '/apis/bench.example/v1/pages').then(
        () => true,
        () => false,
      );
    await until(list, 200);
    const kubeconfig = await account(cluster, plane.kubeconfig);
    const results: Record<string, Figures[]> = {};
    for (let round = 0; round < ROUNDS; round++)
      for (const [name, contestant] of Object.entries(contestants))
        (results[name] ??= []).push(await measure(contestant, cluster, `${name}-${round}`, kubeconfig));
    print(results);
    cluster.close();
  } finally {
    await plane.stop();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
