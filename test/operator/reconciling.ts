import { ApiObject } from 'cdk8s';
import { z } from 'zod';
import { nextStatus } from '../../lib/operator/conditions';
import { decide } from '../../lib/operator/decide';
import { defineResource } from '../../lib/operator/definition';
import { render } from '../../lib/operator/render';
import { applicationOf } from '../../lib/operator/run/application';
import { OwnedObjects } from '../../lib/operator/run/owned-objects';
import type { Reconciled, ReconcilerOptions } from '../../lib/operator/run/reconciled';
import { Reconciler } from '../../lib/operator/run/reconciler';
import { Recorder } from '../../lib/operator/run/recorder';
import { ResourceClient } from '../../lib/operator/run/resource-client';
import type { CustomResource, ResourceDefinition } from '../../lib/operator/types';
import { recordId } from '../../lib/cluster/owned/record';
import { ApiServer } from './api-server';
import { FakeClock, settle } from './fake-clock';

/** How the construct of a note misbehaves. */
const FAULTS = ['throws', 'loops', 'invalid', 'elsewhere', 'itself', 'nothing', 'theirs'] as const;

/** How often the construct has been run, by the name of the resource. */
export type Runs = Map<string, number>;

/** A resource that renders ConfigMaps, and a volume or faults where it is asked to. */
export function note(runs: Runs = new Map()): ResourceDefinition {
  return defineResource({
    group: 'shop.example',
    kind: 'Note',
    props: z.object({
      text: z.string(),
      more: z.array(z.string()).default([]),
      storage: z.boolean().default(false),
      fault: z.enum(FAULTS).optional(),
    }),
    construct: (scope, { text, more, storage, fault }, { metadata: { name = '' } }) => {
      runs.set(name, (runs.get(name) ?? 0) + 1);
      const object = (kind: string, of: string, content: object, namespace?: string): void =>
        void new ApiObject(scope, `${kind}-${of}`, {
          apiVersion: kind === 'Note' ? 'shop.example/v1' : 'v1',
          kind,
          metadata: { name: of, ...(namespace !== undefined && { namespace }) },
          ...content,
        });
      if (fault === 'nothing') return;
      if (fault === 'throws') throw new Error('the construct has a bug');
      if (fault === 'loops') for (;;);
      object('ConfigMap', name, { data: fault === 'invalid' ? { 'bad key!': text } : { text } });
      for (const each of more) object('ConfigMap', `${name}-${each}`, { data: { text } });
      if (fault === 'elsewhere') object('ConfigMap', 'far', { data: { text } }, 'default');
      if (fault === 'itself') object('Note', `${name}-again`, { spec: { text } });
      if (fault === 'theirs') object('ConfigMap', 'theirs', { data: { text } });
      const claim = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
      if (storage) object('PersistentVolumeClaim', `${name}-data`, { spec: claim });
    },
  });
}

/** Notes in the namespace `shop` of a server in memory, and an operator's reconciler, which a test calls step by step. */
export class Notes {
  readonly server: ApiServer;
  readonly clock = new FakeClock();
  readonly runs: Runs = new Map();
  readonly reconciler: Reconciler;
  readonly owned: OwnedObjects;
  readonly stuck: string[] = [];
  /** ApplySets of which an object has changed. */
  readonly changed = new Set<string>();
  readonly #definition = note(this.runs);
  readonly #ended = new AbortController();
  /** What a worker works by. */
  readonly signal = new AbortController();

  constructor(
    options: Partial<ReconcilerOptions> = {},
    server = new ApiServer([{ apiVersion: 'shop.example/v1', kind: 'Note', plural: 'notes' }]),
  ) {
    this.server = server;
    const { cluster } = server;
    const { clock } = this;
    this.owned = new OwnedObjects(cluster, {
      clock,
      signal: this.#ended.signal,
      namespaces: [undefined],
      onChange: (applySet) => this.changed.add(applySet),
    });
    const ignore = (): void => undefined;
    this.reconciler = new Reconciler({
      cluster,
      definition: this.#definition,
      logic: { render, decide, nextStatus },
      client: new ResourceClient(cluster, this.#definition, ignore),
      owned: this.owned,
      recorder: new Recorder(cluster, 'test', () => clock.now(), ignore),
      clock,
      trace: (_, __, work) => work(),
      context: { served: [this.#definition] },
      kubernetes: cluster.version,
      operator: 'system/notes',
      home: 'system',
      renderTimeout: 600_000,
      release: 'one',
      onStored: ignore,
      onWrite: ignore,
      onStuck: ({ metadata }) => this.stuck.push(metadata.name ?? ''),
      ...options,
    });
  }

  /** Ends what follows the server. */
  end(): void {
    this.#ended.abort();
  }

  async create(name: string, spec: object = { text: 'hello' }, metadata: object = {}): Promise<void> {
    const body = { metadata: { name, ...metadata }, spec };
    await this.server.write('POST', PATH, body);
  }

  change(name: string, patch: object): Promise<unknown> {
    return this.server.write('PATCH', `${PATH}/${name}`, patch);
  }

  resource(name: string): CustomResource | undefined {
    return this.server.get(`${PATH}/${name}`);
  }

  /** Reconciles a resource once, as it is now. */
  async reconcile(name: string, isFull = false): Promise<Reconciled> {
    // What has changed is heard of first.
    await settle();
    const resource = this.resource(name);
    if (resource === undefined) throw new Error(`no ${name}`);
    const done = await this.reconciler.reconcile(
      `Note.shop.example shop/${name}`,
      resource,
      isFull,
      this.signal.signal,
    );
    await settle();
    return done;
  }

  map(name: string): { readonly data?: object } | undefined {
    return this.server.get(`${MAPS}/${name}`) as { readonly data?: object } | undefined;
  }

  /** The true condition of a resource: `Ready Ready: 1 objects …`. */
  condition(name: string): string {
    const conditions = this.resource(name)?.status?.conditions ?? [];
    return conditions
      .flatMap(({ type, status, reason, message }) =>
        status === 'True' ? `${type} ${reason}: ${message}` : [],
      )
      .join('; ');
  }

  /** Reasons of the events about a resource. */
  events(name: string): unknown[] {
    const all = [...this.server.objects.values()].filter(({ kind }) => kind === 'Event');
    return all
      .filter((event) => (event['regarding'] as { name: string }).name === name)
      .map(({ reason }) => reason);
  }

  /** The path of the record of what belongs to a resource. */
  record(name: string): string {
    const application = applicationOf(this.#definition, { metadata: { name, namespace: 'shop' } }, 'system');
    return `/api/v1/namespaces/shop/secrets/${recordId(application).name}`;
  }
}

const PATH = '/apis/shop.example/v1/namespaces/shop/notes';
export const MAPS = '/api/v1/namespaces/shop/configmaps';
