import type { KubeObject } from '../../manifest/manifest';
import { at, recordsAt } from '../fields';
import type { Cluster } from '../client/cluster';
import type { Crashed } from '../status/pod-reason';

/** The last lines of a log that are told. */
const LINES = 10;

/** Bytes of a log that are read at most. */
const BYTES = 16_384;

/** Milliseconds that a kubelet may take to answer. */
const TIMEOUT = 5_000;

/**
 * The last lines that a container wrote before it ended; none where the log may not be read, or is gone. They are as the
 * container wrote them: whoever shows them hides what is secret.
 */
export async function lastLines(
  cluster: Cluster,
  pod: KubeObject,
  { container }: Crashed,
  signal?: AbortSignal,
): Promise<string[]> {
  const { namespace = '', name = '' } = pod.metadata;
  const statuses = ['initContainerStatuses', 'containerStatuses'].flatMap((list) =>
    recordsAt(pod, 'status', list),
  );
  const status = statuses.find((each) => each['name'] === container);
  // The run that has ended is the present one until the next begins.
  const previous = at(status, 'state', 'terminated') === undefined;
  const answer = await cluster
    .request(
      {
        method: 'GET',
        path: `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}/log`,
        query: { container, previous, tailLines: LINES, limitBytes: BYTES },
        timeout: TIMEOUT,
        signal,
      },
      { within: TIMEOUT },
    )
    .catch(() => undefined);
  if (answer === undefined || answer.refusal !== undefined || typeof answer.body !== 'string') return [];
  return answer.body.split(/\r?\n/).filter((line) => line.trim() !== '');
}
