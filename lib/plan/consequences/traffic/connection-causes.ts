import { equal } from '../../../apiserver/update/equal';
import type { Cluster } from '../../../graph/cluster';
import { portsOf, type PodPort } from '../../../graph/connections';
import { podsAt, podsByOwner, type Pods } from '../../../graph/pods';
import { push } from '../../../kube/grouped';
import { identityKey } from '../../../manifest/manifest';
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
export function lastingPods({ before, after }: Pick<Steps, 'before' | 'after'>): Lasting[] {
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

/**
 * The pods whose labels or ports, or those of their namespace, a change alters, by their places in `lasting`, each with
 * the first of the changes.
 */
export function alteredPods(causes: readonly Step[], lasting: readonly Lasting[]): ReadonlyMap<number, Step> {
  const found = new Map<number, Step>();
  const places = new Places(lasting);
  for (const cause of causes) {
    if (kindOf(cause) === POLICY) continue;
    const { id } = cause.change;
    const reached = id.kind === 'Namespace' ? places.in(id.name) : places.by(identityKey(id));
    for (const place of reached) if (!found.has(place)) found.set(place, cause);
  }
  return found;
}

/** Where the pods of a namespace or of an object are in a list. */
class Places {
  readonly #byNamespace = new Map<string, number[]>();
  readonly #byIdentity = new Map<string, number[]>();

  constructor(lasting: readonly Lasting[]) {
    for (const [place, { now }] of lasting.entries()) {
      push(this.#byNamespace, now.namespace, place);
      push(this.#byIdentity, identityKey(now.manifest.id), place);
    }
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
  const [old, now] = [podsAt(before, change.before), podsAt(after, change.after)];
  return now !== undefined && !equal(networkSide(old), networkSide(now));
}

/** What a NetworkPolicy can refer to in pods: their labels, and the ports of their containers. */
function networkSide(pods: Pods | undefined): unknown {
  const ports = pods?.containers.map((container) =>
    container.ports.map(({ name, number, protocol }) => ({ name, number, protocol })),
  );
  return { labels: pods?.labels ?? {}, ports: ports ?? [] };
}
