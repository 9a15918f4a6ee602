import type { Cluster } from '../../lib/cluster/client/cluster';
import { connect } from '../../lib/cluster/client/connect';
import { nextStatus } from '../../lib/operator/conditions';
import { customResourceDefinition } from '../../lib/operator/crd';
import { decide } from '../../lib/operator/decide';
import { render } from '../../lib/operator/render';
import { Operator } from '../../lib/operator/run/operator';
import type { OperatorOptions } from '../../lib/operator/run/options';
import type { CustomResource, ResourceDefinition } from '../../lib/operator/types';
import { until } from './cluster';
import { site } from './operator-site';

/** An object, or a list of them. */
export type Any = Record<string, unknown> & { metadata: Record<string, unknown>; items?: Any[] };

/** What an operator that runs in this process says of itself. */
export interface Running {
  readonly operator: Operator;
  readonly lines: object[];
  stop(): Promise<void>;
}

/** Sites in a namespace, and operators that serve them. */
export class Sites {
  readonly definition: ResourceDefinition;
  readonly group: string;
  readonly namespace: string;
  readonly path: string;
  readonly core: string;
  readonly apps: string;
  #cluster: Cluster | undefined;
  readonly #running = new Set<Running>();

  /** @param definition of the kind Site */
  constructor(group: string, namespace: string, definition = site(group)) {
    this.group = group;
    this.namespace = namespace;
    this.definition = definition;
    this.path = `/apis/${group}/v1/namespaces/${namespace}/sites`;
    this.core = `/api/v1/namespaces/${namespace}`;
    this.apps = `/apis/apps/v1/namespaces/${namespace}`;
  }

  get cluster(): Cluster {
    if (this.#cluster === undefined) throw new Error('not begun');
    return this.#cluster;
  }

  /** The same in another namespace. */
  in(namespace: string): Sites {
    return this.#sharing(new Sites(this.group, namespace, this.definition));
  }

  /** The same with another release of the construct. */
  serving(definition: ResourceDefinition): Sites {
    return this.#sharing(new Sites(this.group, this.namespace, definition));
  }

  #sharing(sites: Sites): Sites {
    sites.#cluster = this.cluster;
    return sites;
  }

  /** Connects, and installs the definition. */
  async begin(): Promise<void> {
    this.#cluster = await connect({ kubeconfig: process.env['SEAWORTHY_TEST_KUBECONFIG'] ?? '' });
    await this.install();
  }

  async install(): Promise<void> {
    const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
    await this.ask('POST', definitions, customResourceDefinition(this.definition));
    await until(() => this.ask('GET', this.path));
  }

  async uninstall(): Promise<void> {
    const definition = `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/sites.${this.group}`;
    await this.ask('DELETE', definition);
    await until(async () => (await this.ask('GET', definition)) === undefined);
  }

  async end(): Promise<void> {
    await this.clear();
    await this.uninstall();
    this.cluster.close();
  }

  /** Ends the operators that still run, as after a test that failed, and removes all resources. */
  async clear(): Promise<void> {
    for (const running of this.#running) await running.stop();
    const { items = [] } = (await this.ask('GET', `/apis/${this.group}/v1/sites`)) ?? { items: [] };
    for (const { metadata } of items) {
      const path = `/apis/${this.group}/v1/namespaces/${String(metadata['namespace'])}/sites/${String(metadata['name'])}`;
      // Nobody removes the finalizers any more.
      await this.ask('PATCH', path, { metadata: { finalizers: [] } });
      await this.ask('DELETE', path);
    }
  }

  /** Asks the server; undefined for what is not there. */
  async ask(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body?: object,
  ): Promise<Any | undefined> {
    const contentType = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    const answer = await this.cluster.request({ method, path, body, contentType });
    if (answer.refusal?.code === 404) return undefined;
    if (answer.refusal !== undefined) throw new Error(answer.refusal.message);
    return answer.body as Any;
  }

  create(name: string, spec: object, metadata: object = {}): Promise<Any | undefined> {
    const apiVersion = `${this.group}/v1`;
    return this.ask('POST', this.path, { apiVersion, kind: 'Site', metadata: { name, ...metadata }, spec });
  }

  change(name: string, spec: object): Promise<Any | undefined> {
    return this.ask('PATCH', `${this.path}/${name}`, { spec });
  }

  remove(name: string): Promise<Any | undefined> {
    return this.ask('DELETE', `${this.path}/${name}`);
  }

  get(name: string): Promise<CustomResource | undefined> {
    return this.ask('GET', `${this.path}/${name}`) as Promise<CustomResource | undefined>;
  }

  map(name: string): Promise<Any | undefined> {
    return this.ask('GET', `${this.core}/configmaps/${name}`);
  }

  /** Waits until a condition of a resource is true, for its present generation. */
  untilIs(name: string, type: string, reason?: string, seconds = 60): Promise<CustomResource> {
    return until(async () => {
      const found = await this.get(name);
      const condition = found?.status?.conditions?.find((each) => each.type === type);
      const isNow = condition?.observedGeneration === found?.metadata.generation;
      const isIt = reason === undefined || condition?.reason === reason;
      return isNow && isIt && condition?.status === 'True' ? found : undefined;
    }, seconds);
  }

  untilGone(name: string): Promise<boolean> {
    return until(async () => (await this.get(name)) === undefined);
  }

  start(options: Partial<OperatorOptions> = {}, identity = 'one'): Running {
    const end = new AbortController();
    const lines: object[] = [];
    const operator = new Operator(
      this.cluster,
      [this.definition],
      { render, decide, nextStatus },
      {
        namespace: this.namespace,
        namespaces: [this.namespace],
        port: false,
        leaderElection: false,
        logger: { log: (level, message, fields) => lines.push({ level, message, ...fields }) },
        signal: end.signal,
        ...options,
      },
      { trace: (_name, _fields, work) => work(), identity },
    );
    const run = operator.run();
    const running = {
      operator,
      lines,
      stop: async () => {
        end.abort();
        await run;
        this.#running.delete(running);
      },
    };
    this.#running.add(running);
    return running;
  }
}

/** What is said of a resource now. */
export function messageOf(resource: CustomResource | undefined): string {
  return resource?.status?.conditions?.find(({ status }) => status === 'True')?.message ?? '';
}
