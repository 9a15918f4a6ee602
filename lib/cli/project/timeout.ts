/** Seconds. Long enough for a compiler on a slow machine, short enough for a build that waits. */
export const DEFAULT_TIMEOUT = 120;

/** Whether `value` is a timeout in seconds: above 0, and at most a day, since Node's timers end at 24 days. */
export function isTimeout(value: unknown): value is number {
  return typeof value === 'number' && value > 0 && value <= 86_400;
}
