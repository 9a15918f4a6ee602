import { equal } from '../../../apiserver/update/equal';
import type { Cluster } from '../../../graph/cluster';
import { portsOf, type PodPort } from '../../../graph/connections';
import { podsByOwner, type Pods } from '../../../graph/pods';
import { policiesOf } from '../../../graph/policies';
import { push } from '../../../kube/grouped';
import { identityKey, type Manifest } from '../../../manifest/manifest';
import type { Step, Steps } from '../rule';
import { kindOf } from '../words';

export const POLICY = 'networking.k8s.io/NetworkPolicy';

/** A workload on both sides of a change. */
export interface Lasting {
  readonly was: Pods;
  readonly now: Pods;
  readonly ports: { readonly was: readonly PodPort[]; readonly now: readonly PodPort[] };
}

/** The workloads that exist before and after. */
export function lastingPods({ before, after }: Steps): Lasting[] {
  const old = new Map([...podsByOwner(before).values()].map((pods) => [identityKey(pods.manifest.id), pods]));
  return [...podsByOwner(after).values()].flatMap((now): Lasting[] => {
    const was = old.get(identityKey(now.manifest.id));
    return was === undefined ? [] : [{ was, now, ports: { was: portsOf(was), now: portsOf(now) } }];
  });
}

/** Changes that can open or close a connection: policies first, since they mean to. */
export function causesOf({ steps, before, after }: Steps): Step[] {
  const found = steps.filter(({ change }) => change.effect !== 'none' && change.effect !== 'rejected');
  const policies = found.filter((step) => kindOf(step) === POLICY);
  const namespaces = found.filter((step) => kindOf(step) === '/Namespace' && changesLabels(step));
  return [...policies, ...namespaces, ...found.filter((step) => changesPods(step, before, after))];
}

/** The pods whose connections a change can alter, by their places in `lasting`, each with the first of the changes. */
export function reachedPods(
  causes: readonly Step[],
  lasting: readonly Lasting[],
  { before, after }: Steps,
): ReadonlyMap<number, Step> {
  const found = new Map<number, Step>();
  const places = new Places(lasting);
  const [old, now] = [podsByPolicy(before), podsByPolicy(after)];
  const seen = new Set<readonly Pods[]>();
  for (const cause of causes) {
    const { before: was, after: will, id } = cause.change;
    const reach = (place: number): void => {
      if (!found.has(place)) found.set(place, cause);
    };
    if (kindOf(cause) === POLICY) {
      for (const selection of [old.get(was) ?? [], now.get(will) ?? []]) {
        // The first policy for these pods has reached them all.
        if (seen.has(selection)) continue;
        seen.add(selection);
        for (const pods of selection) places.of(pods).forEach(reach);
      }
    } else if (id.kind === 'Namespace') places.in(id.name).forEach(reach);
    else places.by(identityKey(id)).forEach(reach);
  }
  return found;
}

/** Where the pods of each side, of a namespace or of an object are in a list. */
class Places {
  readonly #byPods = new Map<Pods, number[]>();
  readonly #byNamespace = new Map<string, number[]>();
  readonly #byIdentity = new Map<string, number[]>();

  constructor(lasting: readonly Lasting[]) {
    for (const [place, { was, now }] of lasting.entries()) {
      push(this.#byPods, was, place);
      push(this.#byPods, now, place);
      push(this.#byNamespace, now.namespace, place);
      push(this.#byIdentity, identityKey(now.manifest.id), place);
    }
  }

  of(pods: Pods): readonly number[] {
    return this.#byPods.get(pods) ?? [];
  }

  in(namespace: string): readonly number[] {
    return this.#byNamespace.get(namespace) ?? [];
  }

  by(identity: string): readonly number[] {
    return this.#byIdentity.get(identity) ?? [];
  }
}

function changesLabels({ change: { before, after } }: Step): boolean {
  return !equal(before?.object.metadata.labels ?? {}, after?.object.metadata.labels ?? {});
}

function changesPods({ change }: Step, before: Cluster, after: Cluster): boolean {
  if (change.before === undefined || change.after === undefined) return false;
  const [old, now] = [podsByOwner(before).get(change.before), podsByOwner(after).get(change.after)];
  return now !== undefined && !equal(networkSide(old), networkSide(now));
}

/** What a NetworkPolicy can refer to in pods: their labels, and the ports of their containers. */
function networkSide(pods: Pods | undefined): unknown {
  const ports = pods?.containers.map((container) =>
    container.ports.map(({ name, number, protocol }) => ({ name, number, protocol })),
  );
  return { labels: pods?.labels ?? {}, ports: ports ?? [] };
}

/** The pods that each policy is for. */
function podsByPolicy(cluster: Cluster): ReadonlyMap<Manifest | undefined, readonly Pods[]> {
  return new Map(policiesOf(cluster).map(({ manifest, pods }) => [manifest, pods]));
}
