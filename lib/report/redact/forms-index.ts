/** Forms of secrets that begin alike, in order: a text is compared with few of them, however many there are. */
export class FormsIndex {
  readonly #forms: Set<string>;
  #sorted: readonly string[] | undefined;
  /** For each form the index of the longest other that it begins with, or -1. */
  #within: readonly number[] = [];

  /** @param form one that the first characters of all are of */
  constructor(form: string) {
    this.#forms = new Set([form]);
  }

  add(form: string): void {
    this.#forms.add(form);
    this.#sorted = undefined;
  }

  /**
   * How much of the text at `start` is a form: all of one; or as much as there is of one that was cut. `step` is called
   * with the number of characters that were compared.
   *
   * @param known the number of characters that are known to be equal
   */
  matching(text: string, start: number, known: number, step: (count: number) => void): number {
    const sorted = (this.#sorted ??= this.#sort());
    let [low, high, longest] = [0, sorted.length, 0];
    let lengthBefore = 0;
    // What begins most like the text is beside the place where it would be in the order.
    while (low < high) {
      const middle = (low + high) >> 1;
      const form = sorted[middle] ?? '';
      const length = commonLength(text, start, form, known);
      step(length - known + 1);
      if (length > longest && isCut(text, start + length)) longest = length;
      if (length === form.length || form.charCodeAt(length) < text.charCodeAt(start + length))
        [low, lengthBefore] = [middle + 1, length];
      else high = middle;
    }
    // The form before that place begins with each one that the text begins with.
    let index = low - 1;
    while (index >= 0 && (sorted[index] ?? '').length > lengthBefore) {
      index = this.#within[index] ?? -1;
      step(1);
    }
    return Math.max(longest, sorted[index]?.length ?? 0);
  }

  #sort(): readonly string[] {
    const sorted = [...this.#forms].sort();
    const open: number[] = [];
    this.#within = sorted.map((form, index) => {
      while (open.length > 0 && !form.startsWith(sorted[open.at(-1) ?? 0] ?? '')) open.pop();
      const within = open.at(-1) ?? -1;
      open.push(index);
      return within;
    });
    return sorted;
  }
}

function commonLength(text: string, start: number, form: string, known: number): number {
  const most = Math.min(form.length, text.length - start);
  let length = known;
  while (length < most && text.charCodeAt(start + length) === form.charCodeAt(length)) length++;
  return length;
}

function isCut(text: string, end: number): boolean {
  return /^"?(?:…|\.\.\.)/.test(text.slice(end, end + 4));
}
