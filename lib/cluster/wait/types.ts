import type { ObjectId } from '../../manifest/manifest';
import type { Progress } from '../apply/types';

/** How objects are waited for. */
export interface WaitOptions {
  /** Milliseconds that each object may take to be ready. @default 300_000 */
  readonly timeout?: number;
  /** Objects that may take another time. @default none */
  readonly timeouts?: readonly { readonly id: ObjectId; readonly timeout: number }[];
  /** Called with all objects that are waited for: at first, and whenever one has changed. */
  readonly onProgress?: (progress: readonly Progress[]) => void;
  /** Ends it: what is not ready then is `unfinished`. */
  readonly signal?: AbortSignal | undefined;
}

/** What waiting for an object came to. */
export interface WaitResult {
  readonly id: ObjectId;
  /**
   * `failed` is what does not get ready any more; `late` was not ready in time; `unfinished` was on its way when the wait
   * ended because of another object, or by `signal`.
   */
  readonly state: 'ready' | 'failed' | 'late' | 'unfinished';
  /** In one line: what a person would look for first. Of one that is ready, what is not as one may expect. */
  readonly reason?: string;
  /** What else is known: why it is not waited for any longer, pods, warnings, the last lines of a log. */
  readonly lines: readonly string[];
}
