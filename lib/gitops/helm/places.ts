/** Occurrences of a value in one text beyond this are taken for letters that happen to be the same. */
const MOST = 1000;

/**
 * Where a value stands in a text, by the texts that other values give: the indexes of its occurrences that change with it.
 *
 * @returns nothing where the texts differ in another way
 */
export function placesIn(
  text: string,
  initial: string,
  others: readonly { readonly value: string; readonly text: string }[],
): readonly number[] | undefined {
  const occurrences = occurrencesOf(initial, text);
  if (occurrences === undefined) return undefined;
  const failed = new Set<string>();
  /** The places from `index` on, where `count` are before it and the text is followed up to `from`. */
  const search = (index: number, from: number, count: number): readonly number[] | undefined => {
    const key = `${index} ${from} ${count}`;
    if (failed.has(key)) return undefined;
    const agrees = (to: number): boolean =>
      others.every((other) => {
        const start = from + count * (other.value.length - initial.length);
        return other.text.slice(start, start + to - from) === text.slice(from, to);
      });
    const at = occurrences[index];
    if (at === undefined) {
      const delta = (value: string): number => count * (value.length - initial.length);
      const isLong = others.every((other) => other.text.length === text.length + delta(other.value));
      return isLong && agrees(text.length) ? [] : undefined;
    }
    if (at >= from && agrees(at)) {
      const isHere = others.every(({ value, text: other }) =>
        other.startsWith(value, at + count * (value.length - initial.length)),
      );
      const rest = isHere ? search(index + 1, at + initial.length, count + 1) : undefined;
      if (rest !== undefined) return [at, ...rest];
    }
    const rest = search(index + 1, from, count);
    if (rest === undefined) failed.add(key);
    return rest;
  };
  return search(0, 0, 0);
}

/** All indexes at which `part` stands in `text`, also those that overlap; nothing where there are too many. */
function occurrencesOf(part: string, text: string): readonly number[] | undefined {
  const found: number[] = [];
  for (let at = text.indexOf(part); at >= 0 && at <= text.length; at = text.indexOf(part, at + 1)) {
    found.push(at);
    if (found.length > MOST) return undefined;
    if (part === '' && at === text.length) break;
  }
  return found;
}
