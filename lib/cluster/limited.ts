/** Requests that are under way at once: fewer than a connection has sockets. */
const AT_ONCE = 24;

/** Does `work` for each item, a limited number at once; the results are in the order of the items. The first error ends it. */
export async function limited<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
  atOnce = AT_ONCE,
): Promise<R[]> {
  const results = new Array<R>(items.length);
  const left = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of left) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  return results;
}
