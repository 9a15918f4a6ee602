import type { FieldError } from '../apiserver/admission/review';
import type { Cluster } from '../graph/cluster';
import { kindKey } from '../graph/objects';
import { podsAt } from '../graph/pods';
import { demandText, unmetDemand } from '../graph/quota-demands';
import { canonical, type Quantity } from '../kube/quantity';
import type { PlainRecord } from '../manifest/data';
import type { Manifest } from '../manifest/manifest';
import { NamespaceUse } from '../graph/namespace-use';

/**
 * The errors for a new Pod that a ResourceQuota of its namespace does not let in: it does not say what the quota limits, or
 * what runs there already leaves no room. A workload is accepted, whatever its pods need.
 *
 * @source k8s.io/apiserver pkg/admission/plugin/resourcequota/controller.go CheckRequest 1.36
 */
export function quotaErrors(manifest: Manifest, before: Cluster, after: Cluster): FieldError[] {
  const pods = kindKey(manifest) === '/Pod' ? podsAt(after, manifest) : undefined;
  const spec = pods?.spec.record;
  if (pods === undefined || spec === undefined) return [];
  const demand = unmetDemand(after, pods.namespace, spec);
  if (demand !== undefined)
    return [
      {
        reason: 'forbidden',
        path: 'spec.containers',
        message: `Forbidden: ${demandText(demand)}`,
        hint: 'Set them, or let a LimitRange of the namespace give defaults.',
      },
    ];
  return exceeded(pods.namespace, spec, before, after);
}

/** Nobody knows what else is in the namespace: `used` is what the manifests of before take of it at least. */
function exceeded(namespace: string, spec: PlainRecord, before: Cluster, after: Cluster): FieldError[] {
  const [now, then] = [usesOf(after), usesOf(before)];
  const over = now.limitsIn(namespace).flatMap((counted) => {
    const requested = now.amountOf(spec, namespace, counted);
    const used = then.takenIn(namespace, counted);
    const limits = requested === 0n ? [] : counted.limits.filter(({ hard }) => used + requested > hard.nanos);
    return limits.map(({ quota, hard }) => ({ quota, hard, requested, used, resource: counted.resource }));
  });
  const [first] = over;
  if (first === undefined) return [];
  const own = over
    .filter(({ quota }) => quota === first.quota)
    .sort((a, b) => (a.resource < b.resource ? -1 : 1));
  const amounts = (amountOf: (each: (typeof over)[number]) => Quantity): string =>
    own.map((each) => `${each.resource}=${canonical(amountOf(each))}`).join(',');
  const parts = [
    `exceeded quota: ${first.quota.manifest.id.name}`,
    `requested: ${amounts(({ hard, requested }) => ({ ...hard, nanos: requested }))}`,
    `used: ${amounts(({ hard, used }) => ({ ...hard, nanos: used }))}`,
    `limited: ${amounts(({ hard }) => hard)}`,
  ];
  return [{ reason: 'forbidden', path: 'spec.containers', message: `Forbidden: ${parts.join(', ')}` }];
}

function usesOf(cluster: Cluster): NamespaceUse {
  return cluster.derived(useOf);
}

function useOf(cluster: Cluster): NamespaceUse {
  return new NamespaceUse(cluster, new Set());
}
