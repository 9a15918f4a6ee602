import { isBefore } from './schema/release';
import type { KubernetesRelease } from './schema/release';

/** Whether `kubernetes` is the release `since` or later. */
export function atLeast(kubernetes: KubernetesRelease, since: KubernetesRelease): boolean {
  return !isBefore(kubernetes, since);
}
