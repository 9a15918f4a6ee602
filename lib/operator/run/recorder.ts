import { createHash } from 'node:crypto';
import type { Cluster } from '../../cluster/client/cluster';
import type { CustomResource } from '../types';

/** Something that a person may want to read of a resource. */
export interface Told {
  readonly type: 'Normal' | 'Warning';
  /** In CamelCase: `Applied`. */
  readonly reason: string;
  /** What was done: `Apply`, `Delete`. */
  readonly action: string;
  readonly note: string;
}

/**
 * Bytes of a note.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/events.go NoteLengthLimit 1.36
 */
const NOTE = 1024;

/**
 * Namespace of events about what is in none.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/events.go legacyValidateEvent, eventNamespace 1.36
 */
const EVENTS = 'default';

/** Resources of which it is remembered what was told last. */
const REMEMBERED = 20_000;

/**
 * Writes events about resources. The same is told once: a resource that fails again and again gets no event for each time.
 * An event that cannot be written is no reason to fail.
 */
export class Recorder {
  readonly #cluster: Cluster;
  readonly #instance: string;
  readonly #now: () => number;
  readonly #onWrite: () => void;
  /** A digest of what was told last, by the uid of the resource. */
  readonly #last = new Map<string, string>();

  /** @param instance the process that tells: the name of its pod */
  constructor(cluster: Cluster, instance: string, now: () => number, onWrite: () => void) {
    this.#cluster = cluster;
    this.#instance = instance;
    this.#now = now;
    this.#onWrite = onWrite;
  }

  /** Whether anything was told of a resource by this process. */
  hasTold({ metadata: { uid = '' } }: CustomResource): boolean {
    return this.#last.has(uid);
  }

  async tell(resource: CustomResource, told: Told, signal: AbortSignal): Promise<void> {
    const { uid = '', namespace = EVENTS, name = '' } = resource.metadata;
    const text = JSON.stringify(told);
    const same = createHash('sha256').update(text).digest('base64');
    if (this.#last.get(uid) === same) return;
    this.#last.delete(uid);
    this.#last.set(uid, same);
    for (const [oldest] of this.#last) {
      if (this.#last.size <= REMEMBERED) break;
      this.#last.delete(oldest);
    }
    this.#onWrite();
    const now = new Date(this.#now());
    const digest = createHash('sha256').update(`${uid} ${now.getTime()} ${text}`).digest('hex').slice(0, 16);
    const body = {
      apiVersion: 'events.k8s.io/v1',
      kind: 'Event',
      metadata: { name: `${name.slice(0, 230).replace(/[-.]+$/, '')}.${digest}`, namespace },
      eventTime: now.toISOString().replace('Z', '000Z'),
      reportingController: 'seaworthy.dev/operator',
      reportingInstance: this.#instance.slice(0, 128),
      action: told.action,
      reason: told.reason,
      type: told.type,
      note: shortened(told.note),
      regarding: {
        apiVersion: resource.apiVersion,
        kind: resource.kind,
        name,
        namespace: resource.metadata.namespace,
        uid,
        resourceVersion: resource.metadata.resourceVersion,
      },
    };
    const path = `/apis/events.k8s.io/v1/namespaces/${encodeURIComponent(namespace)}/events`;
    await this.#cluster.request({ method: 'POST', path, body, signal }, { within: 0 }).catch(() => undefined);
  }
}

function shortened(note: string): string {
  const bytes = Buffer.from(note);
  if (bytes.length <= NOTE) return note;
  // A character of several bytes that is cut in two goes altogether.
  return `${bytes
    .subarray(0, NOTE - 3)
    .toString('utf8')
    .replace(/\uFFFD$/, '')}…`;
}
