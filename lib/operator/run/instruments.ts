import type { Clock } from './clock';
import { Metrics, type Counter, type Histogram } from './metrics';

/** Names of the metrics of an operator: its monitor and alerts go by them. */
export const METRIC = {
  depth: 'seaworthy_operator_queue_depth',
  waited: 'seaworthy_operator_queue_wait_seconds',
  reconciles: 'seaworthy_operator_reconciles_total',
  duration: 'seaworthy_operator_reconcile_duration_seconds',
  oldestFailure: 'seaworthy_operator_oldest_failure_seconds',
  resources: 'seaworthy_operator_resources',
  writes: 'seaworthy_operator_writes_total',
  watchFailures: 'seaworthy_operator_watch_failures_total',
  leader: 'seaworthy_operator_leader',
  memory: 'process_resident_memory_bytes',
} as const;

/** Upper bounds of histograms, in seconds. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** What a reconcile came to. */
export type Result = 'ready' | 'progressing' | 'stalled' | 'failed' | 'deleted' | 'left';

/** What an operator measures of itself. */
export class Instruments {
  readonly metrics = new Metrics();
  readonly reconciles: Counter;
  readonly duration: Histogram;
  readonly waited: Histogram;
  readonly writes: Counter;
  readonly watchFailures: Counter;
  /** Since when resources fail or are stalled, by key; milliseconds since 1970. */
  readonly failing = new Map<string, number>();
  depth = 0;
  isLeader = false;

  /** @param sizes how many resources there are, by kind */
  constructor(clock: Clock, sizes: () => Iterable<readonly [string, number]>) {
    const { metrics } = this;
    metrics.gauge(METRIC.depth, 'Resources that wait for a worker.', () => [[{}, this.depth]]);
    this.waited = metrics.histogram(METRIC.waited, 'How long a resource waited for a worker.', BUCKETS);
    this.reconciles = metrics.counter(METRIC.reconciles, 'Reconciles, by kind and result.');
    this.duration = metrics.histogram(METRIC.duration, 'How long a reconcile took.', BUCKETS);
    this.writes = metrics.counter(METRIC.writes, 'Writes to the API server, by what was written.');
    this.watchFailures = metrics.counter(METRIC.watchFailures, 'Times that a kind could not be followed.');
    metrics.gauge(METRIC.oldestFailure, 'Age of the oldest failure; 0 for none.', () => {
      // The first that failed has failed for the longest time.
      const [oldest = clock.now()] = this.failing.values();
      return [[{}, (clock.now() - oldest) / 1000]];
    });
    metrics.gauge(METRIC.resources, 'Resources that there are.', () =>
      [...sizes()].map(([kind, size]) => [{ kind }, size] as const),
    );
    metrics.gauge(METRIC.leader, 'Whether this process is the one that acts.', () => [
      [{}, this.isLeader ? 1 : 0],
    ]);
    metrics.gauge(METRIC.memory, 'Resident memory.', () => [[{}, process.memoryUsage.rss()]]);
  }

  /** A reconcile of a resource has ended. */
  ended(key: string, kind: string, result: Result, seconds: number, now: number): void {
    this.reconciles.add({ kind, result });
    this.duration.observe({ kind }, seconds);
    if (result === 'failed' || result === 'stalled') {
      if (!this.failing.has(key)) this.failing.set(key, now);
    } else this.failing.delete(key);
  }
}
