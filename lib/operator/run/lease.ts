import type { Cluster } from '../../cluster/client/cluster';
import { failed } from '../../cluster/client/refusal';
import { numberAt, textAt, timeAt } from '../../cluster/fields';
import type { LeaseRecord, LeaseStore } from './election';

/** A try that takes longer counts as failed: the next one comes soon. */
const TIMEOUT = 5_000;

/** The Lease of a name in a namespace of a cluster. Each call asks once: the election tries again by itself. */
export function leaseIn(cluster: Cluster, namespace: string, name: string): LeaseStore {
  const all = `/apis/coordination.k8s.io/v1/namespaces/${encodeURIComponent(namespace)}/leases`;
  const once = { within: 0 };
  return {
    get: async (signal) => {
      const request = { method: 'GET', path: `${all}/${name}`, timeout: TIMEOUT, signal } as const;
      const answer = await cluster.request(request, once);
      if (answer.refusal === undefined) return recordIn(answer.body);
      return answer.refusal.code === 404
        ? undefined
        : failed(answer.refusal, `get Lease ${namespace}/${name}`);
    },
    put: async (record, signal) => {
      const isNew = record.version === '';
      const request = {
        method: isNew ? 'POST' : 'PUT',
        path: isNew ? all : `${all}/${name}`,
        body: leaseOf(record, namespace, name),
        timeout: TIMEOUT,
        signal,
      } as const;
      const answer = await cluster.request(request, once);
      if (answer.refusal === undefined) return recordIn(answer.body);
      return answer.refusal.code === 409
        ? undefined
        : failed(answer.refusal, `write Lease ${namespace}/${name}`);
    },
  };
}

function recordIn(body: unknown): LeaseRecord {
  return {
    holder: textAt(body, 'spec', 'holderIdentity'),
    duration: (numberAt(body, 'spec', 'leaseDurationSeconds') ?? 0) * 1000,
    acquired: timeAt(body, 'spec', 'acquireTime') ?? 0,
    renewed: timeAt(body, 'spec', 'renewTime') ?? 0,
    transitions: numberAt(body, 'spec', 'leaseTransitions') ?? 0,
    version: textAt(body, 'metadata', 'resourceVersion'),
  };
}

/** @source k8s.io/api coordination/v1/types.go LeaseSpec 1.36 */
function leaseOf(record: LeaseRecord, namespace: string, name: string): object {
  const { holder, duration, acquired, renewed, transitions, version } = record;
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name, namespace, ...(version !== '' && { resourceVersion: version }) },
    spec: {
      holderIdentity: holder,
      // Rounded up: others must not take over before the leader gives up.
      leaseDurationSeconds: Math.max(1, Math.ceil(duration / 1000)),
      acquireTime: microTime(acquired),
      renewTime: microTime(renewed),
      leaseTransitions: transitions,
    },
  };
}

/** RFC 3339 with microseconds, as a MicroTime has to be. */
function microTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '000Z');
}
