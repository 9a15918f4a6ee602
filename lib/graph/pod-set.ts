/** A set of pods by their places in a list: sets of thousands are joined and cut at 32 a step. */
export class PodSet {
  readonly #words: Uint32Array;

  constructor(size: number) {
    this.#words = new Uint32Array((size + 31) >> 5);
  }

  /** All of the first `size`. */
  static all(size: number): PodSet {
    const set = new PodSet(size);
    set.#words.fill(0xffff_ffff);
    if ((size & 31) !== 0) set.#words[size >> 5] = 2 ** (size & 31) - 1;
    return set;
  }

  copy(): PodSet {
    const set = new PodSet(this.#words.length << 5);
    set.#words.set(this.#words);
    return set;
  }

  add(place: number): void {
    this.#words[place >> 5] = (this.#words[place >> 5] ?? 0) | (1 << (place & 31));
  }

  has(place: number): boolean {
    return ((this.#words[place >> 5] ?? 0) & (1 << (place & 31))) !== 0;
  }

  /** Adds what another set has. */
  join(other: PodSet): void {
    for (let at = 0; at < this.#words.length; at++)
      this.#words[at] = (this.#words[at] ?? 0) | (other.#words[at] ?? 0);
  }

  /** What both sets have. */
  and(other: PodSet): PodSet {
    const set = this.copy();
    for (let at = 0; at < set.#words.length; at++)
      set.#words[at] = (set.#words[at] ?? 0) & (other.#words[at] ?? 0);
    return set;
  }

  /** What the other set has not. */
  without(other: PodSet): PodSet {
    const set = this.copy();
    for (let at = 0; at < set.#words.length; at++)
      set.#words[at] = (set.#words[at] ?? 0) & ~(other.#words[at] ?? 0);
    return set;
  }

  get isEmpty(): boolean {
    return this.#words.every((word) => word === 0);
  }

  get size(): number {
    let size = 0;
    for (let word of this.#words) for (; word !== 0; word &= word - 1) size++;
    return size;
  }

  /** The places in order. */
  *[Symbol.iterator](): Iterator<number> {
    for (const [at, word] of this.#words.entries())
      for (let left = word; left !== 0; left &= left - 1) yield (at << 5) + 31 - Math.clz32(left & -left);
  }
}
