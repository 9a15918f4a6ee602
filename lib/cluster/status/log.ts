import type { PlainRecord } from '../../manifest/data';
import type { KubeObject } from '../../manifest/manifest';
import { at, numberAt, recordsAt } from '../fields';
import type { Cluster } from '../client/cluster';
import type { WorkloadStatus } from './types';

/** The last lines of a log that are told. */
const LINES = 10;

/** Bytes of a log that are read at most. */
const BYTES = 16_384;

/** Milliseconds that a kubelet may take to answer. */
const TIMEOUT = 5_000;

/** The lines of a log, or none where it is gone; undefined if the user may not read it. */
export type Log = readonly string[] | undefined;

/**
 * The last lines that a container wrote before it ended. They are as the container wrote them: whoever shows them hides what
 * is secret.
 */
export async function lastLines(
  cluster: Cluster,
  pod: KubeObject,
  container: string,
  signal?: AbortSignal,
): Promise<Log> {
  const { namespace = '', name = '' } = pod.metadata;
  // The run that has ended is the present one until the next begins.
  const previous = at(statusOf(pod, container), 'state', 'terminated') === undefined;
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}/log`;
  const query = { container, previous, tailLines: LINES, limitBytes: BYTES };
  const answer = await cluster
    .request({ method: 'GET', path, query, timeout: TIMEOUT, signal }, { within: TIMEOUT })
    .catch(() => undefined);
  if (answer?.refusal?.code === 403) return undefined;
  if (answer === undefined || answer.refusal !== undefined || typeof answer.body !== 'string') return [];
  return answer.body.split(/\r?\n/).filter((line) => line.trim() !== '');
}

function statusOf(pod: KubeObject, container: string): PlainRecord | undefined {
  const statuses = ['initContainerStatuses', 'containerStatuses'].flatMap((list) =>
    recordsAt(pod, 'status', list),
  );
  return statuses.find((each) => each['name'] === container);
}

/** Reads the logs of containers that crash, each run of one once. */
export class CrashLogs {
  readonly #cluster: Cluster;
  readonly #known = new Map<string, Promise<Log>>();

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  /**
   * Adds to each workload the log of its first pod with a container that crashes.
   *
   * @param objects with these pods
   * @returns whether the user may read logs, too
   */
  async added(
    workloads: readonly WorkloadStatus[],
    objects: readonly KubeObject[],
  ): Promise<{ readonly workloads: readonly WorkloadStatus[]; readonly isForbidden: boolean }> {
    let isForbidden = false;
    const pods = new Map(
      objects.filter(({ kind }) => kind === 'Pod').map((pod) => [placeOf(pod.metadata), pod]),
    );
    const add = async (workload: WorkloadStatus): Promise<WorkloadStatus> => {
      const index = workload.pods.findIndex(({ crashed }) => crashed !== undefined);
      const { name = '', crashed = '' } = workload.pods[index] ?? {};
      const pod = pods.get(placeOf({ ...workload.id, name }));
      if (pod === undefined) return workload;
      const log = await this.#log(pod, crashed);
      isForbidden ||= log === undefined;
      if (log === undefined || log.length === 0) return workload;
      return { ...workload, pods: workload.pods.map((each, at) => (at === index ? { ...each, log } : each)) };
    };
    return { workloads: await Promise.all(workloads.map(add)), isForbidden };
  }

  #log(pod: KubeObject, container: string): Promise<Log> {
    const restarts = numberAt(statusOf(pod, container), 'restartCount') ?? 0;
    const key = `${String(pod.metadata['uid'])} ${container} ${restarts}`;
    const known = this.#known.get(key) ?? lastLines(this.#cluster, pod, container);
    this.#known.set(key, known);
    return known;
  }
}

function placeOf({
  namespace = '',
  name = '',
}: {
  readonly namespace?: string;
  readonly name?: string;
}): string {
  return `${namespace}/${name}`;
}
