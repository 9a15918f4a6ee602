import type { Cluster } from './cluster';
import { withDefaultResources } from './limit-ranges';
import { namespaceOf } from './namespace';
import { podsAt, type Pods } from './pods';
import { isInScope, type QuotaScope } from './quota-scopes';
import { takenByPod } from './quota-usage';
import { quotasIn, type Quota } from './quotas';
import { replicasOf } from './replicas';
import { grouped } from '../kube/grouped';
import type { Quantity } from '../kube/quantity';
import { ownValue, type PlainRecord } from '../manifest/data';
import { jsonText } from '../manifest/json-text';
import type { Manifest } from '../manifest/manifest';

/** The most of a resource that a quota allows. */
export interface Limit {
  readonly quota: Quota;
  readonly hard: Quantity;
}

/** Limits of one resource that count the same pods. */
export interface Counted {
  readonly resource: string;
  readonly scopes: readonly QuotaScope[];
  /** The tightest first. */
  readonly limits: readonly Limit[];
}

/** A spec with what the server gives it, and what it takes of the quotas of its namespace. */
interface Reading {
  readonly given: PlainRecord;
  readonly taken: ReadonlyMap<string, Quantity>;
}

/** What the workloads of each namespace take of what its quotas allow, each sum made once. */
export class NamespaceUse {
  readonly #cluster: Cluster;
  readonly #starting: ReadonlySet<Manifest>;
  readonly #pods = new Map<string, readonly Pods[]>();
  readonly #sums = new Map<string, bigint>();
  readonly #limits = new Map<string, readonly Counted[]>();
  readonly #names = new Map<string, ReadonlySet<string>>();
  readonly #readings = new Map<PlainRecord, Reading>();

  /** @param starting the Jobs that run now: others may be complete, and take nothing then */
  constructor(cluster: Cluster, starting: ReadonlySet<Manifest>) {
    this.#cluster = cluster;
    this.#starting = starting;
  }

  /** The limits of a namespace, by resource and scopes. */
  limitsIn(namespace: string): readonly Counted[] {
    const known = this.#limits.get(namespace);
    if (known !== undefined) return known;
    const all = quotasIn(this.#cluster, namespace).flatMap((quota) =>
      [...quota.hard].map(([resource, hard]) => ({ resource, quota, hard })),
    );
    const groups = grouped(all, ({ resource, quota }) => `${resource} ${jsonText(quota.scopes)}`);
    const found = [...groups.values()].flatMap((limits): Counted[] => {
      const [first] = limits;
      if (first === undefined) return [];
      const sorted = limits.toSorted((a, b) =>
        a.hard.nanos < b.hard.nanos ? -1 : a.hard.nanos > b.hard.nanos ? 1 : 0,
      );
      return [{ resource: first.resource, scopes: first.quota.scopes, limits: sorted }];
    });
    this.#limits.set(namespace, found);
    return found;
  }

  /** What a pod takes of what is counted, in nanos; less than the truth where a webhook adds to it. */
  amountOf(spec: PlainRecord, namespace: string, { resource, scopes }: Counted): bigint {
    const { given, taken } = this.#read(spec, namespace);
    return scopes.every((scope) => isInScope(scope, given)) ? (taken.get(resource)?.nanos ?? 0n) : 0n;
  }

  #read(spec: PlainRecord, namespace: string): Reading {
    const known = this.#readings.get(spec);
    if (known !== undefined) return known;
    const given = withDefaultResources(this.#cluster, namespace, spec);
    const reading = { given, taken: takenByPod(given, this.#namesIn(namespace)) };
    this.#readings.set(spec, reading);
    return reading;
  }

  /** What the quotas of a namespace limit, each name once. */
  #namesIn(namespace: string): ReadonlySet<string> {
    const known = this.#names.get(namespace);
    if (known !== undefined) return known;
    const names = new Set(this.limitsIn(namespace).map(({ resource }) => resource));
    this.#names.set(namespace, names);
    return names;
  }

  /** What the other workloads in the namespace of `manifest` take of what is counted, in nanos. */
  takenBeside(manifest: Manifest, counted: Counted): bigint {
    const sum = this.takenIn(namespaceOf(manifest), counted);
    const own = podsAt(this.#cluster, manifest);
    return own === undefined ? sum : sum - this.#takenBy(own, counted);
  }

  /** What all workloads in a namespace take of what is counted, in nanos. */
  takenIn(namespace: string, counted: Counted): bigint {
    const key = `${namespace} ${counted.resource} ${jsonText(counted.scopes)}`;
    const sum =
      this.#sums.get(key) ??
      this.#podsIn(namespace).reduce((total, pods) => total + this.#takenBy(pods, counted), 0n);
    this.#sums.set(key, sum);
    return sum;
  }

  #podsIn(namespace: string): readonly Pods[] {
    const known = this.#pods.get(namespace);
    if (known !== undefined) return known;
    const there = this.#cluster.derived(byNamespace).get(namespace) ?? [];
    const found = there.flatMap((manifest) => podsAt(this.#cluster, manifest) ?? []);
    const own = found.filter(({ isOperated }) => !isOperated);
    this.#pods.set(namespace, own);
    return own;
  }

  #takenBy(pods: Pods, counted: Counted): bigint {
    const replicas = this.replicasOf(pods.manifest);
    return replicas === 0 ? 0n : this.amountOf(pods.spec.record, pods.namespace, counted) * BigInt(replicas);
  }

  /** How many pods of a workload there are at least. */
  replicasOf(manifest: Manifest): number {
    if (this.#starting.has(manifest)) return parallelPods(manifest.object['spec']);
    if (mayBeComplete(manifest)) return 0;
    return replicasOf(this.#cluster, manifest)?.min ?? 0;
  }
}

function byNamespace({ set, assumed }: Cluster): ReadonlyMap<string, readonly Manifest[]> {
  return grouped([...set, ...assumed], namespaceOf);
}

/** A Pod that runs to its end takes nothing after that. */
function mayBeComplete({ id, object }: Manifest): boolean {
  const policy = ownValue(object['spec'], 'restartPolicy');
  return id.kind === 'Pod' && policy !== undefined && policy !== 'Always';
}

/** How many pods of a Job run at a time: `parallelism`, or `completions` where those are fewer. */
export function parallelPods(spec: unknown): number {
  const { parallelism = 1, completions } = (spec ?? {}) as PlainRecord;
  const all = [parallelism, completions].filter((each) => Number.isInteger(each)) as readonly number[];
  return all.length === 0 ? 1 : Math.min(...all);
}
