/**
 * Gets how far a loop over many things has come, each time that it begins another one. It must not throw, and changes nothing.
 *
 * @param doing what the loop does, such as `checking objects`
 */
export type Observer = (doing: string, done: number, total: number) => void;

let observer: Observer | undefined;

/** Has the loops of this process observed; one observer at a time. @returns ends it */
export function observeProgress(observing: Observer): () => void {
  const before = observer;
  observer = observing;
  return () => void (observer = before);
}

/** Says how far a loop has come, to whoever observes it. */
export function progress(doing: string, done: number, total: number): void {
  observer?.(doing, done, total);
}
