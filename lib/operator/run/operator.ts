import { setMaxListeners } from 'node:events';
import { SeaworthyError } from '../../errors';
import type { Cluster } from '../../cluster/client/cluster';
import type { CustomResource, ResourceDefinition } from '../types';
import { refuseServedPart } from '../served-part';
import { resourceName } from './application';
import { MACHINE_CLOCK, type Clock } from './clock';
import { Controller } from './controller';
import { Election } from './election';
import { serveHealth, type HealthServer } from './health';
import { Instruments } from './instruments';
import type { Kind } from './informer';
import { leaseIn } from './lease';
import { jsonLog, type Logger } from './log';
import type { Logic } from './logic';
import type { OperatorOptions } from './options';
import { OwnedObjects } from './owned-objects';
import { Recorder } from './recorder';
import { readsOfAll } from './reads-of-all';
import { RENDER_TIME, stopped } from './renderer';
import { ResourceClient } from './resource-client';
import { Term } from './term';
import type { Trace } from './trace';

/** An operator in this process: it follows the cluster, and acts while it leads. */
export class Operator {
  readonly instruments: Instruments;
  readonly #cluster: Cluster;
  readonly #options: OperatorOptions;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #identity: string;
  readonly #controllers: readonly Controller[];
  readonly #owned: OwnedObjects;
  #term: Term | undefined;
  #isReady = false;
  /** Ends it as its signal does, since a construct was stopped. */
  readonly #broken = new AbortController();
  readonly #signal: AbortSignal;

  constructor(
    cluster: Cluster,
    definitions: readonly ResourceDefinition[],
    logic: Logic,
    options: OperatorOptions,
    { trace, identity, clock = MACHINE_CLOCK }: { trace: Trace; identity: string; clock?: Clock },
  ) {
    refuseTwice(definitions);
    refuseServedPart(definitions, options.namespaces);
    this.#cluster = cluster;
    this.#options = options;
    this.#clock = clock;
    this.#identity = identity;
    this.#logger =
      options.logger ??
      jsonLog(
        (line) => process.stderr.write(line),
        () => clock.now(),
      );
    this.instruments = new Instruments(clock, () => this.#sizes());
    const { namespaces = [], name = NAME, namespace = cluster.namespace } = options;
    const signal = (this.#signal = AbortSignal.any([options.signal, this.#broken.signal]));
    // Each kind that is followed listens to it, however many there are: that is no leak.
    setMaxListeners(0, signal);
    const followed = namespaces.length === 0 ? [undefined] : namespaces;
    const onTrouble = (kind: Kind, message: string): void => this.#trouble(kind, message);
    this.#owned = new OwnedObjects(cluster, {
      clock,
      signal,
      namespaces: followed,
      onChange: (applySet) => this.#changed(applySet),
      onTrouble,
    });
    const wrote = (what: string): void => this.instruments.writes.add({ what });
    const recorder = new Recorder(
      cluster,
      identity,
      () => clock.now(),
      () => wrote('event'),
    );
    const { profile, assume, permitted, renderTimeout = RENDER_TIME, release } = options;
    const context = {
      ...(profile !== undefined && { profile }),
      ...(assume !== undefined && { assume }),
      ...(permitted !== undefined && { permitted }),
      served: definitions,
    };
    const shared = cluster.sharing(readsOfAll(clock));
    this.#controllers = definitions.map(
      (definition) =>
        new Controller(cluster, {
          cluster: shared,
          definition,
          logic,
          client: new ResourceClient(cluster, definition, wrote),
          owned: this.#owned,
          recorder,
          clock,
          trace,
          context,
          kubernetes: cluster.version,
          operator: `${namespace}/${name}`,
          home: namespace,
          renderTimeout,
          release,
          onStuck: (resource, message) => this.#stop(definition, resource, message),
          onWrite: wrote,
          namespaces: followed,
          signal,
          onResource: (key) => this.#term?.add(key),
          onTrouble,
        }),
    );
  }

  /**
   * Runs until its signal ends it.
   *
   * @throws SeaworthyError USAGE if its port is taken; APP_TIMEOUT where a construct was stopped
   */
  async run(): Promise<void> {
    const { port = PORT, host = '0.0.0.0', onListening } = this.#options;
    const signal = this.#signal;
    const health = port === false ? undefined : await this.#serve(port, host);
    if (health !== undefined) onListening?.(health.port);
    try {
      await this.#prepare();
      if (!signal.aborted) this.#isReady = true;
      await this.#campaign();
    } catch (error) {
      // What was under way when it was ended is no failure.
      if (!signal.aborted) throw error;
    } finally {
      await health?.close();
    }
    if (this.#broken.signal.aborted) throw this.#broken.signal.reason;
  }

  /** What a construct has left half done is gone with the process: the resource is not rendered by the next one. */
  #stop({ kind }: ResourceDefinition, { metadata }: CustomResource, message: string): void {
    const resource = resourceName(metadata);
    this.#logger.log('error', 'a construct was stopped', { kind, resource, error: message });
    this.#broken.abort(stopped(`${kind} ${resource}`, message));
  }

  #serve(port: number, host: string): Promise<HealthServer> {
    return serveHealth(port, host, {
      unhealthy: () => this.#term?.unhealthy(),
      unready: () => (this.#isReady ? undefined : this.#awaited()),
      metrics: () => this.instruments.metrics.text(),
    });
  }

  /** Gets to know everything before anything is done; also a process that only waits to take over. */
  async #prepare(): Promise<void> {
    await Promise.all(this.#controllers.map((controller) => controller.synced()));
    if (!this.#signal.aborted) await this.#followRecorded();
  }

  /** Follows the kinds that resources have objects of. What may not be read is asked for when a resource renders it. */
  async #followRecorded(): Promise<void> {
    const isOurs = (applySet: string): boolean => this.#keyOf(applySet) !== undefined;
    try {
      await this.#owned.follow(await this.#owned.recordedKinds(isOurs));
    } catch (error) {
      if (!(error instanceof SeaworthyError)) throw error;
      this.#logger.log('warn', 'cannot read the records of resources', { error: error.problems[0].message });
    }
  }

  async #campaign(): Promise<void> {
    const { leaderElection, name = NAME, namespace = this.#cluster.namespace } = this.#options;
    const signal = this.#signal;
    if (leaderElection === false) return this.#lead(signal, new AbortController().signal);
    const election = new Election(leaseIn(this.#cluster, namespace, name), {
      ...leaderElection,
      identity: this.#identity,
      clock: this.#clock,
      onTrouble: (message) => this.#logger.log('warn', 'cannot renew the lease', { error: message }),
    });
    while (await election.acquire(signal)) {
      const lost = new AbortController();
      const worked = new AbortController();
      // Also while the last work comes to its end: nobody else may begin before.
      const held = election.hold(worked.signal).then(() => lost.abort());
      try {
        await this.#lead(signal, lost.signal);
      } finally {
        worked.abort();
        await held;
      }
      if (!signal.aborted) this.#logger.log('warn', 'lost the lease', { leader: election.leader });
      else await election.release().catch(() => undefined);
    }
  }

  async #lead(signal: AbortSignal, lost: AbortSignal): Promise<void> {
    const { concurrency = 8, retries = {}, resync = 3_600_000, grace = 5_000 } = this.#options;
    this.#logger.log('info', 'leads', { identity: this.#identity });
    this.instruments.isLeader = true;
    // Others may have applied kinds since that this process has not followed.
    await this.#followRecorded();
    this.#term = new Term({
      controllers: this.#controllers,
      clock: this.#clock,
      instruments: this.instruments,
      logger: this.#logger,
      concurrency,
      retries,
      resync,
      grace,
    });
    try {
      await this.#term.run(signal, lost);
    } finally {
      this.#term = undefined;
      this.instruments.isLeader = false;
      this.instruments.failing.clear();
    }
  }

  #changed(applySet: string): void {
    const key = this.#term && this.#keyOf(applySet);
    if (key !== undefined) this.#term?.addSoon(key);
  }

  #keyOf(applySet: string): string | undefined {
    for (const controller of this.#controllers) {
      const key = controller.keyOfSet(applySet);
      if (key !== undefined) return key;
    }
    return undefined;
  }

  #awaited(): string {
    const waiting = this.#controllers.filter(({ isSynced }) => !isSynced);
    const kinds = waiting.map(({ definition }) => definition.kind);
    return kinds.length === 0 ? 'objects are not listed yet' : `not listed yet: ${kinds.join(', ')}`;
  }

  #trouble({ apiVersion, kind }: Kind, message: string): void {
    this.instruments.watchFailures.add({ kind });
    this.#logger.log('warn', 'cannot follow a kind', { apiVersion, kind, error: message });
  }

  *#sizes(): Iterable<readonly [string, number]> {
    for (const { definition, size } of this.#controllers) yield [definition.kind, size];
  }
}

const NAME = 'seaworthy-operator';

/** Port of health and metrics. */
const PORT = 8080;

/** @throws SeaworthyError USAGE for two definitions of one kind */
function refuseTwice(definitions: readonly ResourceDefinition[]): void {
  const known = new Set<string>();
  for (const { group, kind } of definitions) {
    const name = `${kind}.${group}`;
    if (known.has(name))
      throw new SeaworthyError({
        code: 'USAGE',
        path: 'definitions',
        message: `Duplicate value: "${name}": two definitions of one kind would undo each other's work`,
        hint: 'Give one of them another kind or group, or leave it out.',
      });
    known.add(name);
  }
  if (known.size === 0)
    throw new SeaworthyError({
      code: 'USAGE',
      path: 'definitions',
      message: 'Required value: no definition is given',
    });
}
