import type { Cluster } from '../../../graph/cluster';
import { namespaceOf } from '../../../graph/namespace';
import { knownPods, podsByOwner, type Pods } from '../../../graph/pods';
import { quotasIn, type Quota } from '../../../graph/quotas';
import { replicasOf } from '../../../graph/replicas';
import { grouped, push } from '../../../kube/grouped';
import { aggregate } from '../../../kube/pod-resources';
import type { Quantity } from '../../../kube/quantity';
import type { PlainRecord } from '../../../manifest/data';
import type { Manifest } from '../../../manifest/manifest';

/** The most of a resource that a quota allows. */
export interface Limit {
  readonly quota: Quota;
  readonly hard: Quantity;
}

/** What the workloads of each namespace take of what its quotas allow, each sum made once. */
export class NamespaceUse {
  readonly #cluster: Cluster;
  readonly #pods: ReadonlyMap<string, readonly Pods[]>;
  readonly #sums = new Map<string, bigint>();
  readonly #limits = new Map<string, ReadonlyMap<string, readonly Limit[]>>();

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
    this.#pods = grouped(knownPods(cluster), ({ namespace }) => namespace);
  }

  /** The limits of a namespace by resource, the tightest first. */
  limitsIn(namespace: string): ReadonlyMap<string, readonly Limit[]> {
    const known = this.#limits.get(namespace);
    if (known !== undefined) return known;
    const found = new Map<string, Limit[]>();
    for (const quota of quotasIn(this.#cluster, namespace))
      for (const [resource, hard] of quota.hard) push(found, resource, { quota, hard });
    for (const limits of found.values())
      limits.sort((a, b) => (a.hard.nanos < b.hard.nanos ? -1 : a.hard.nanos > b.hard.nanos ? 1 : 0));
    this.#limits.set(namespace, found);
    return found;
  }

  /** What the other workloads in the namespace of `manifest` take of a resource, in nanos. */
  takenBeside(manifest: Manifest, resource: string): bigint {
    const namespace = namespaceOf(manifest);
    const key = `${resource} ${namespace}`;
    const sum =
      this.#sums.get(key) ??
      (this.#pods.get(namespace) ?? []).reduce((total, pods) => total + this.#takenBy(pods, resource), 0n);
    this.#sums.set(key, sum);
    const own = podsByOwner(this.#cluster).get(manifest);
    return own === undefined ? sum : sum - this.#takenBy(own, resource);
  }

  #takenBy(pods: Pods, resource: string): bigint {
    const { min = 0 } = replicasOf(this.#cluster, pods.manifest) ?? {};
    return amountOf(pods.spec.record, resource) * BigInt(min);
  }
}

/** What a pod takes of what a quota counts, in nanos; less than the truth where the server adds to it. */
export function amountOf(spec: PlainRecord, resource: string): bigint {
  if (resource === 'pods' || resource === 'count/pods') return 10n ** 9n;
  const [, side = 'requests', name = ''] =
    /^(?:(requests|limits)\.)?(cpu|memory|ephemeral-storage)$/.exec(resource) ?? [];
  if (name === '') return 0n;
  return aggregate(spec, side === 'limits' ? 'limits' : 'requests').get(name)?.nanos ?? 0n;
}
